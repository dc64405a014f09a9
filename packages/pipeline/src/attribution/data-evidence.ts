// Whether samples are prepared otherwise than those that the ranges were made from.
import type { InputSummary } from '@wherry/calibration-data';
import type { Attribution } from './attribution.js';

/** A share of values outside that single outliers do not reach. */
const muchOutside = 0.02;
/** Ranges that are so many times too wide were made from other samples. */
const muchNarrower = 3;
/** A mean that moved by this part of the width did not move by chance. */
const muchMoved = 0.25;

/**
 * The same of a file, whose inputs have a scale and nothing else is known of its samples: they are others where not only the input
 * but most of the ranges are far off.
 */
export function reachEvidence(
  reach: readonly InputSummary[],
  evaluated: readonly InputSummary[],
  { of, tooNarrow, tooWide }: Attribution['ranges'],
): string | undefined {
  const position = evaluated.findIndex(
    (seen, i) => (seen.outside ?? 0) > muchOutside || widthOf(seen) * muchNarrower < widthOf(reach[i]!),
  );
  const [seen, own] = [evaluated[position], reach[position]];
  if (seen === undefined || own === undefined || tooNarrow + tooWide < leastOff * of) return undefined;
  return `input ${seen.name} of the file covers ${short(own.min)} to ${short(own.max)}, the samples are of ${span(seen)}; ${tooNarrow + tooWide} of ${of} ranges do not fit them`;
}

/** Of all ranges: one that is off by itself is a fault of that range. */
const leastOff = 0.5;

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
