// The file that a trace is written to, line by line: what stands there when the process is killed is a trace so far.
import { closeSync, openSync, writeSync } from 'node:fs';
import { WherryError } from '@wherry/graph';
import { traceDiagnostics } from './diagnostics.js';

export interface TraceFile {
  write(line: string): void;
  /** Throws TRACE_NOT_WRITTEN where a line could not be written; the work itself is not disturbed by that. */
  close(): void;
}

/** Throws TRACE_NOT_WRITTEN. */
export function createTraceFile(path: string): TraceFile {
  const file = orNotWritten(path, () => openSync(path, 'w'));
  let failure: Error | null = null;
  return {
    write: (line) => {
      if (failure !== null) return;
      try {
        writeSync(file, line);
      } catch (error) {
        failure = error as Error;
      }
    },
    close: () => {
      closeSync(file);
      orNotWritten(path, () => {
        if (failure !== null) throw failure;
      });
    },
  };
}

function orNotWritten<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new WherryError(traceDiagnostics.TRACE_NOT_WRITTEN, {
      what: `the trace cannot be written: ${(error as Error).message}`,
      where: path,
      next: 'give --trace a file in a folder that is there and may be written to, on a disk with room',
    });
  }
}
