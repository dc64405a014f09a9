// A seeded stream of numbers, so that everything made here comes out the same on every machine.

/** Returns a function that gives numbers in [0, 1): Marsaglia's xorshift on 32 bits. */
export function randomStream(seed) {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

/** Returns a function that gives numbers of mean 0 and variance 1: twelve even ones together (Irwin and Hall). */
export function normalStream(random) {
  return () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  };
}
