// The file that a trace is written to, line by line: what stands there when the process is killed is a trace so far.
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { WherryError } from '@wherry/graph';
import { traceDiagnostics } from './diagnostics.js';
import { traceBegins } from './trace-format.js';

export interface TraceFile {
  write(line: string): void;
  /** Whether a line came: an older trace is gone then. */
  readonly isBegun: boolean;
  /** Throws TRACE_NOT_WRITTEN where a line could not be written; the work itself is not disturbed by that. */
  close(): void;
}

/**
 * A trace that is there already stays as it is until the first line comes. Throws TRACE_NOT_WRITTEN, also for a file that is no
 * trace: somebody's model would be lost by a slip of the pen.
 */
export function createTraceFile(path: string): TraceFile {
  const { file, isNew } = orNotWritten(path, () => opened(path));
  let failure: Error | null = null;
  let isEmpty = true;
  return {
    get isBegun() {
      return !isEmpty;
    },
    write: (line) => {
      if (failure !== null) return;
      try {
        if (isEmpty && fstatSync(file).isFile()) ftruncateSync(file);
        isEmpty = false;
        writeSync(file, line);
      } catch (error) {
        failure = error as Error;
      }
    },
    close: () =>
      orNotWritten(path, () => {
        closeSync(file);
        if (isEmpty && isNew) unlinkSync(path);
        if (failure !== null) throw failure;
      }),
  };
}

function opened(path: string): { readonly file: number; readonly isNew: boolean } {
  try {
    return { file: openSync(path, 'wx'), isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const file = openSync(path, 'a+');
  if (fstatSync(file).isFile() && !isTrace(file)) {
    closeSync(file);
    throw new Error('a file that is no trace is there already');
  }
  return { file, isNew: false };
}

/** Or empty. */
function isTrace(file: number): boolean {
  const start = Buffer.alloc(traceBegins.length);
  const length = readSync(file, start, 0, start.length, 0);
  return length === 0 || start.toString('latin1', 0, length) === traceBegins;
}

function orNotWritten<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new WherryError(traceDiagnostics.TRACE_NOT_WRITTEN, {
      what: `the trace cannot be written: ${(error as Error).message}`,
      where: path,
      next: 'give --trace the name of a new file, or of an older trace, in a folder that is there and may be written to, on a disk with room',
    });
  }
}
