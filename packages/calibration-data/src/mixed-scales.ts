// Tells a set of two scales, such as pictures half of which were divided by 255, from one that is loud and soft by nature.

export interface MixedScales {
  readonly quiet: number;
  /** Greatest absolute value among the quiet samples. */
  readonly quietest: number;
  readonly loud: number;
  /** Least of the greatest absolute values of the loud ones. */
  readonly loudest: number;
}

/** Between 8 and 16 bits, 16 and 24 bits, raw and divided by 255 lies a factor of 255 or more. */
const leastGap = 64;
const leastShare = 0.1;
const leastSamples = 8;

/** From each sample's greatest absolute value: two groups, each a tenth of the set or more, with nothing between. */
export function mixedScales(peaks: readonly number[]): MixedScales | undefined {
  const sorted = peaks.filter((peak) => peak > 0).sort((a, b) => a - b);
  if (sorted.length < leastSamples) return undefined;
  const least = Math.ceil(sorted.length * leastShare);
  for (let i = Math.max(1, least); i <= sorted.length - least; i++) {
    const [quietest, loudest] = [sorted[i - 1]!, sorted[i]!];
    if (loudest >= leastGap * quietest) return { quiet: i, quietest, loud: sorted.length - i, loudest };
  }
  return undefined;
}
