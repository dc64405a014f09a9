// A port to a program of this machine, over its standard input and output.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { constants } from 'node:os';
import { Heard } from '../link/heard.js';
import type { Port, PortEvents } from '../port.js';

export interface ProcessPort extends Port {
  /** The last that it said on stderr, without control codes: the words of a sanitizer, or of an emulator whose guest is lost. */
  errors(): readonly string[];
  /** Ends the program and starts it anew, as a board that is reset. */
  restart(): void;
}

/** Of what it said on stderr: the sentence of a fault, and the registers behind it. */
const shownErrors = 6;
const faultWords = /\b(fatal|panic|error)\b/i;

export function processPort(
  program: string,
  parameters: readonly string[] = [],
  { endsWithInput = false }: { readonly endsWithInput?: boolean } = {},
): ProcessPort {
  let events: PortEvents | null = null;
  let errors = new Heard();
  let child: ChildProcessWithoutNullStreams | null = null;
  let gone: string | null = null;
  const start = (): void => {
    const started = spawn(program, parameters, { stdio: 'pipe' });
    const lose = (reason: string): void => {
      if (child !== started || gone !== null) return;
      gone = reason;
      events?.closed(reason);
    };
    child = started;
    gone = null;
    errors = new Heard();
    started.stdout.on('data', (bytes: Buffer) => child === started && events?.data(bytes));
    started.stderr.on('data', (bytes: Buffer) => child === started && errors.take(bytes, 0));
    // Written to one that has just ended: lost, as on a line.
    started.stdin.on('error', () => undefined);
    started.on('error', ({ message }) => lose(`the program cannot be started (${message})`));
    // Later than its exit: by then all that it said is here.
    started.on('close', (code, signal) =>
      lose(
        `the program ended with ${signal ?? signalOf(code!) ?? code}${said(errors.lines(Infinity), ', and said: ')}`,
      ),
    );
  };
  const end = (): void => {
    const ended = child;
    child = null;
    if (ended === null) return;
    for (const stream of [ended.stdin, ended.stdout, ended.stderr]) stream.destroy();
    if (endsWithInput) ended.unref();
    else ended.kill('SIGKILL');
  };
  start();
  return {
    name: program,
    listen: (listener) => {
      events = listener;
      const lost = gone;
      if (lost !== null) queueMicrotask(() => events === listener && listener.closed(lost));
    },
    write: (bytes) => void child?.stdin.write(bytes.slice()),
    waiting: () => child?.stdin.writableLength ?? 0,
    close: () => {
      events = null;
      end();
    },
    errors: () => errors.lines(Infinity),
    restart: () => {
      end();
      start();
    },
  };
}

/** Where a program ended by a signal, as shells and the like tell it of one that they ran. */
function signalOf(code: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0];
}

/** What tells most of it, to be put behind a sentence; nothing where it said nothing. */
export function said(errors: readonly string[], lead: string): string {
  if (errors.length === 0) return '';
  const fault = errors.findLastIndex((line) => faultWords.test(line));
  const shown = fault < 0 ? errors.slice(-shownErrors) : errors.slice(fault, fault + shownErrors);
  return `${lead}${shown.map((line) => `"${line}"`).join(' ')}`;
}
