// A trace as JSON lines: everything that a session took from outside, in order, and what it sent.
import { createHash } from 'node:crypto';
import { counted, WherryError } from '@wherry/graph';
import { traceDiagnostics } from './diagnostics.js';

export const traceVersion = 2;
/** The first characters of a trace of any version. */
export const traceBegins = '{"wherryTrace":';

/** Calls of the session with what they gave, and events that came to it. `at`: milliseconds since the start. */
export type TraceEntry =
  /** What the clock said, call by call. */
  | { readonly now: readonly number[] }
  | { readonly number: number }
  | { readonly waiting: number }
  | { readonly suspect: string | null }
  /** Sent, in hexadecimal digits. */
  | { readonly at: number; readonly write: string }
  | { readonly at: number; readonly set: readonly [dtr: boolean, rts: boolean] }
  | { readonly at: number; readonly baud: number }
  | { readonly at: number; readonly close: true }
  /** Heard, in hexadecimal digits. */
  | { readonly at: number; readonly data: string }
  | { readonly at: number; readonly closed: string }
  /** The timer of that number, counted from 1, went off. */
  | { readonly at: number; readonly timer: number }
  /** What `set` or `baud` came to. */
  | { readonly at: number; readonly did: boolean };

export interface Trace {
  /** The name of the port. */
  readonly port: string;
  /** It has control lines. */
  readonly hasSignals: boolean;
  readonly isEmulated: boolean;
  /** How long silence was borne, where that was not as usual. */
  readonly silentMs?: number;
  readonly entries: readonly TraceEntry[];
}

/** The lines of a trace, one after the other, each with its end. */
export class TraceLines {
  #sum = '';

  header({ port, hasSignals, isEmulated, silentMs }: Omit<Trace, 'entries'>): string {
    return this.#line(JSON.stringify({ wherryTrace: traceVersion, port, hasSignals, isEmulated, silentMs }));
  }

  entry(entry: TraceEntry): string {
    return this.#line(JSON.stringify(entry));
  }

  #line(body: string): string {
    this.#sum = sumOf(this.#sum, body);
    return `${body.slice(0, -1)},"sum":"${this.#sum}"}\n`;
  }
}

const summed = /^(\{.*),"sum":"([0-9a-f]{8})"\}$/;
const hex = /^(?:[0-9a-f]{2})*$/;
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): boolean => typeof value === 'string';
const isHex = (value: unknown): boolean => typeof value === 'string' && hex.test(value);

const valid: Readonly<Record<string, (value: unknown) => boolean>> = {
  now: (value) => Array.isArray(value) && value.every(isNumber),
  number: isCount,
  waiting: isCount,
  suspect: (value) => value === null || isText(value),
  write: isHex,
  set: (value) => Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'boolean'),
  baud: isCount,
  close: (value) => value === true,
  data: isHex,
  closed: isText,
  timer: isCount,
  did: (value) => typeof value === 'boolean',
};

/** Throws TRACE_VERSION, TRACE_DAMAGED, and TRACE_ENDS in the middle of a line. `where` is the file. */
export function parseTrace(text: string, where: string): Trace {
  const lines = text.split('\n');
  const isCutOff = lines.pop() !== '';
  let sum = '';
  const body = (line: string, at: number): Record<string, unknown> => {
    const [, start, told] = summed.exec(line) ?? [];
    const whole = `${start ?? ''}}`;
    if (start === undefined || (sum = sumOf(sum, whole)) !== told) throw damaged(where, at + 1);
    return JSON.parse(whole) as Record<string, unknown>;
  };
  const version = versionOf(lines[0] ?? text);
  if (version !== traceVersion) throw otherVersion(where, version);
  const { port, hasSignals, isEmulated, silentMs } = body(lines[0]!, 0);
  if (!isText(port) || typeof hasSignals !== 'boolean' || typeof isEmulated !== 'boolean') throw damaged(where, 1);
  if (silentMs !== undefined && !isCount(silentMs)) throw damaged(where, 1);
  const entries = lines.slice(1).map((line, at) => {
    const entry = body(line, at + 1);
    const [kind, ...more] = Object.keys(entry).filter((key) => key !== 'at');
    if (kind === undefined || more.length > 0 || valid[kind]?.(entry[kind]) !== true) throw damaged(where, at + 2);
    return entry as unknown as TraceEntry;
  });
  if (isCutOff)
    throw traceEnds(entries, { at: `${where}:${lines.length + 1}`, how: `in the middle of line ${lines.length + 1}` });
  const borne = silentMs === undefined ? {} : { silentMs: silentMs as number };
  return { port: port as string, hasSignals, isEmulated, ...borne, entries };
}

/** Without its checksum, so that a newer version is told for what it is. */
function versionOf(line: string): number | null {
  const found = /^\{"wherryTrace":(\d{1,9}),/.exec(line);
  return found === null ? null : Number(found[1]);
}

function otherVersion(where: string, version: number | null): WherryError {
  return new WherryError(traceDiagnostics.TRACE_VERSION, {
    what:
      version === null
        ? 'the file is no trace: its first line does not say the version of one'
        : `the trace is of version ${version}, this tool runs version ${traceVersion}`,
    where,
    next:
      version === null
        ? 'give a file that --trace has written'
        : 'use the version of the tool that wrote it, or record it anew with --trace',
  });
}

/** `at`: what comes before it was all used. */
export function traceEnds(
  entries: readonly TraceEntry[],
  { at, how }: { readonly at: string; readonly how: string },
): WherryError {
  const requests = entries.filter((entry) => 'write' in entry).length;
  return new WherryError(traceDiagnostics.TRACE_ENDS, {
    what: `the trace ends ${how}, behind ${counted(requests, 'request')}, and the work goes on`,
    where: at,
    next: 'copy the file again to its end, and give the settings that it was recorded with (--samples, --parity-only); where the run was stopped then, record it anew with --trace',
  });
}

function damaged(where: string, line: number): WherryError {
  return new WherryError(traceDiagnostics.TRACE_DAMAGED, {
    what: `line ${line} of the trace is not what was written`,
    where: `${where}:${line}`,
    next: 'copy the file again as it is (some mail programs change line ends), or record it anew with --trace',
  });
}

function sumOf(before: string, body: string): string {
  return createHash('sha256').update(before).update(body).digest('hex').slice(0, 8);
}
