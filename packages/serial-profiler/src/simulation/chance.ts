// Chance from a seed: the same in every run.

/** Numbers in [0, 1): xorshift of 32 bits (Marsaglia, 2003). */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed, 2654435761) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
