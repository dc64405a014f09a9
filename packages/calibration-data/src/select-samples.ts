// Chooses which samples of a sequence to use: a range, or an even choice by a seed, in their original order.

export interface Selection {
  /** Samples to take at most. Absent: all. */
  readonly limit?: number;
  /** Samples to pass over first. */
  readonly offset?: number;
  /** With a limit: choose that many from everything behind the offset instead of the first ones. */
  readonly seed?: number;
}

/**
 * A function to be called once per sample in order: `take`, `skip`, or `stop` when nothing later is taken. With a seed,
 * `total` has to be known: selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S) takes each subset with equal chance
 * and in one pass, so files sorted by class still give all classes.
 */
export function createSelector(
  { limit = Infinity, offset = 0, seed }: Selection,
  total?: number,
): () => 'take' | 'skip' | 'stop' {
  let index = -1;
  let taken = 0;
  const random = seed === undefined ? undefined : mulberry32(seed);
  const population = (total ?? 0) - offset;
  return () => {
    index++;
    if (taken >= limit) return 'stop';
    if (index < offset) return 'skip';
    const seen = index - offset;
    const take = random === undefined || limit === Infinity || (population - seen) * random() < limit - taken;
    if (take) taken++;
    return take ? 'take' : 'skip';
  };
}

/** A small generator with 32 bits of state, uniform in [0, 1): the same on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
