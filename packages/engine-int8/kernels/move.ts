// Copies of runs of values into or out of a larger tensor, and what lies around them.
import { begin, first, next, second } from './walk';

/** Below, a loop is faster than the machine's own copy. */
const shortRun = 16;

/** `runs` runs of `length` bytes; `walk` has the steps of source and target between them. */
export function copyRuns(source: usize, target: usize, length: i32, runs: i32, walk: usize): void {
  begin(source, target);
  for (let run: i32 = 0; run < runs; run++) {
    if (length < shortRun) for (let k: i32 = 0; k < length; k++) store<u8>(second + k, load<u8>(first + k));
    else memory.copy(second, first, length);
    next(walk);
  }
}

export function fill(target: usize, value: i32, bytes: i32): void {
  memory.fill(target, <u8>value, bytes);
}
