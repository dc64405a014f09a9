// Whether samples are prepared otherwise than those that the ranges were made from.
import type { InputSummary } from '@wherry/calibration-data';

/** A share of values outside that single outliers do not reach. */
const muchOutside = 0.02;
/** Ranges that are so many times too wide were made from other samples. */
const muchNarrower = 3;
/** A mean that moved by this part of the width did not move by chance. */
const muchMoved = 0.25;

/** In a sentence; undefined where they go together. `evaluated`: watched against `calibrated`, position for position. */
export function dataEvidence(
  calibrated: readonly InputSummary[],
  evaluated: readonly InputSummary[],
): string | undefined {
  for (const [position, seen] of evaluated.entries()) {
    const made = calibrated[position];
    if (made === undefined) continue;
    const [own, theirs] = [widthOf(seen), widthOf(made)];
    const isMoved = Math.abs(seen.mean - made.mean) > muchMoved * Math.max(own, theirs);
    if ((seen.outside ?? 0) > muchOutside || own * muchNarrower < theirs || isMoved)
      return `input ${seen.name}: ranges were made from samples of ${span(made)}, those evaluated are of ${span(seen)}`;
  }
  return undefined;
}

/** With 0, as a scale has it. */
function widthOf({ min, max }: InputSummary): number {
  return Math.max(0, max) - Math.min(0, min);
}

function span({ min, max, mean }: InputSummary): string {
  return `${short(min)} to ${short(max)}, mean ${short(mean)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
