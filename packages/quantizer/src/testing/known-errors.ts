// Measurements made up for the tests of the choice: errors per block of the data, in dB below 1.
import { blockCount, explores } from '../calibrate/blocks.js';
import type { Part } from '../select/held-out-judge.js';
import type { SampleErrors } from '../select/evidence.js';

/** One sample in each block of that part. `db`: of the nth of them, how many dB its error is below 1. */
export function errorsIn(
  part: Part,
  db: (nth: number) => number,
  reportedDb: (nth: number) => number = db,
): SampleErrors {
  const blocks = Array.from({ length: blockCount }, (_, block) => block).filter(
    (block) => explores(block) === (part === 'explore'),
  );
  const below = (of: (nth: number) => number) => blocks.map((_, nth) => 10 ** (-of(nth) / 10));
  return { judged: below(db), reported: below(reportedDb), blocks };
}
