// Bytes by chance that are the same in every run.

/** Numbers from 0 up to, not including, the bound: xorshift (Marsaglia, 2003). */
export function randomNumbers(seed: number): (bound: number) => number {
  let state = seed | 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

export function randomBytes(random: (bound: number) => number, length: number, bound = 256): Uint8Array {
  return Uint8Array.from({ length }, () => random(bound));
}
