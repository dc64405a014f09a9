// Shows progress on stderr: a bar on a terminal, plain lines elsewhere, one JSON object a line for programs.
import type { ProgressSink } from '@wherry/pipeline';
import { noProgress } from '@wherry/pipeline/tool';

export type ProgressStyle = 'bar' | 'lines' | 'json' | 'none';

interface Stream {
  write(text: string): unknown;
  readonly columns?: number | undefined;
}

const barCells = 24;
/** Redrawing more often than this only costs time. */
const redrawMilliseconds = 80;
/** Lines that stay are not to come more often. */
const quietMilliseconds = 1000;

/** What suits the stream: a terminal that can move its cursor gets a bar. */
export function progressStyle(options: {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly isTerminal: boolean;
}): ProgressStyle {
  if (options.quiet) return 'none';
  if (options.json) return 'json';
  return options.isTerminal ? 'bar' : 'lines';
}

export function progressDisplay(
  stream: Stream,
  style: ProgressStyle,
  now: () => number = () => performance.now(),
): ProgressSink {
  switch (style) {
    case 'bar':
      return barDisplay(stream, now);
    case 'json':
      return eventDisplay((event) => stream.write(`${JSON.stringify(event)}\n`));
    case 'lines':
      return lineDisplay(stream, now);
    case 'none':
      return noProgress;
  }
}

interface ProgressEvent {
  readonly event: 'begin' | 'note' | 'end';
  readonly stage: string;
  readonly total?: number;
  readonly done?: number;
  readonly note?: string;
}

function eventDisplay(emit: (event: ProgressEvent) => unknown): ProgressSink {
  let stage = '';
  let done = 0;
  return {
    begin: (name, total) => {
      stage = name;
      done = 0;
      emit({ event: 'begin', stage, ...(total === undefined ? {} : { total }) });
    },
    advance: (count) => (done = count),
    note: (note) => emit({ event: 'note', stage, note }),
    end: () => emit({ event: 'end', stage, done }),
  };
}

/** What a stage is at is said where the stage takes long. */
function lineDisplay(stream: Stream, now: () => number): ProgressSink {
  let stage = '';
  let said = 0;
  const say = (text: string): void => {
    stream.write(text);
    said = now();
  };
  return {
    begin: (name) => {
      stage = name;
      say(`${stage} ...\n`);
    },
    advance: () => undefined,
    note: (text) => {
      if (now() - said >= quietMilliseconds) say(`${stage}: ${text}\n`);
    },
    end: () => undefined,
  };
}

/** A terminal that does not know its width says 0. */
function widthOf({ columns }: Stream): number {
  return columns === undefined || columns === 0 ? 80 : columns;
}

function barDisplay(stream: Stream, now: () => number): ProgressSink {
  let stage = '';
  let total: number | undefined;
  let drawn = -Infinity;
  let note = '';
  let known = 0;
  const draw = (done: number): void => {
    known = done;
    const share = total === undefined || total === 0 ? 0 : Math.min(1, done / total);
    const filled = Math.round(share * barCells);
    const count = total === undefined ? (done === 0 ? '' : String(done)) : `${done}/${total}`;
    const bar = total === undefined ? '' : `[${'#'.repeat(filled)}${'-'.repeat(barCells - filled)}] `;
    // Carriage return and erase: the line is one, however often it is drawn.
    stream.write(`\r\u001b[K${`${stage} ${bar}${count}${note}`.slice(0, widthOf(stream) - 1)}`);
    drawn = now();
  };
  return {
    begin: (name, whole) => {
      [stage, total, note] = [name, whole, ''];
      draw(0);
    },
    advance: (done) => {
      known = done;
      if (now() - drawn >= redrawMilliseconds) draw(done);
    },
    note: (text) => {
      note = text;
      draw(known);
    },
    end: () => stream.write('\r\u001b[K'),
  };
}
