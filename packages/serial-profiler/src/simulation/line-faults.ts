// What a bad line does to bytes.
import type { Chance } from './chance.js';

/** Chances of each byte. */
export interface LineFaults {
  /** It is another byte. */
  readonly flipped?: number;
  readonly lost?: number;
  readonly doubled?: number;
  /** It changes places with the next. */
  readonly swapped?: number;
}

export function damage(bytes: Uint8Array, faults: LineFaults, chance: Chance): Uint8Array {
  const { flipped = 0, lost = 0, doubled = 0, swapped = 0 } = faults;
  if (flipped + lost + doubled + swapped === 0) return bytes.slice();
  const left = Array.from(bytes);
  const damaged: number[] = [];
  for (let at = 0; at < left.length; at++) {
    const byte = left[at]!;
    const fate = chance();
    if (fate < flipped) damaged.push(byte ^ (1 + Math.floor(chance() * 255)));
    else if (fate < flipped + lost) continue;
    else if (fate < flipped + lost + doubled) damaged.push(byte, byte);
    else if (fate < flipped + lost + doubled + swapped && at + 1 < left.length) damaged.push(left[++at]!, byte);
    else damaged.push(byte);
  }
  return Uint8Array.from(damaged);
}
