// Errors of the machine's that mean that it gave no more memory: no bug of the tool, and nothing is broken.
import { WherryError } from './diagnostic.js';
import { graphDiagnostics } from './graph-diagnostics.js';

/** In the words of V8, Node and Emscripten. Not by their classes: an error of another thread comes as a plain one. */
const words = [
  /Array buffer allocation failed/,
  /WebAssembly\.Memory(\.grow)?\(\): (could not allocate|unable to grow)/i,
  /WebAssembly\.\w+\(\): Out of memory/,
  /JS heap out of memory/,
  /Aborted\(OOM\)|Cannot enlarge memory/,
  /^(Error: )?(ENOMEM|EAGAIN)\b|ERR_WORKER_INIT_FAILED|ERR_WORKER_OUT_OF_MEMORY/,
];

export function isMemoryExhausted(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || error instanceof WherryError) return false;
  const { message, code } = error as { readonly message?: unknown; readonly code?: unknown };
  return words.some((word) => word.test(String(message)) || word.test(String(code)));
}

/** What is said of it. */
export function memoryExhausted(cause: unknown): WherryError {
  return new WherryError(
    graphDiagnostics.MEMORY_EXHAUSTED,
    {
      what: `the system gave the process no more memory: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`,
      next: 'end other programs, or raise the limit that the process has (`ulimit -v`, that of a container); --workers 0 takes the least',
    },
    { cause },
  );
}
