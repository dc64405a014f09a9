// Would the scales move with other samples? What each half of the calibration samples would have given, in words.
import { counted, diagnose, type Diagnostic, type Graph } from '@wherry/graph';
import type { Steadiness, TensorSteadiness } from '@wherry/quantizer';
import { dataQualityDiagnostics } from '../data-quality-diagnostics.js';
import { layerName } from './layer-name.js';

export interface ScaleQuality {
  /** `unknown`: too few samples to part them. */
  readonly verdict: 'steady' | 'would move' | 'unknown';
  /** Samples of the smaller half. */
  readonly samplesOfHalf: number;
  /** The layers whose scales differ most between the halves, the worst first. */
  readonly worst: readonly MovedScale[];
  /** How many times as wide ranges of one quarter, and of one half, are than those of another, in the mean. */
  readonly spread: Steadiness['spread'] | null;
}

export interface MovedScale {
  readonly layer: string;
  /** How many times as large the scale of one half is as that of the other. */
  readonly ratio: number;
  /** Share of the values of one half that the scale of the other cuts off; null where values were not collected. */
  readonly clipped: number | null;
}

/** A scale that is twice as large leaves one of its bits to nothing. Real sets of 100 samples were measured up to 1.6. */
const greatestRatio = 2;
/** Real sets of 100 samples were measured up to 0.024. */
const greatestClipped = 0.05;
/** Halves of fewer samples differ by chance alone. */
const leastOfHalf = 8;
/** One sample that makes a scale so many times as large is worth a look. */
const farReach = 1.5;
/** More samples help where halves are clearly nearer to each other than quarters: by the logarithm of their ratios. */
const shrinks = 0.7;
const shown = 3;

export function scaleQuality(steadiness: Steadiness | undefined, graph: Graph): ScaleQuality {
  if (steadiness === undefined || steadiness.samples < leastOfHalf)
    return { verdict: 'unknown', samplesOfHalf: steadiness?.samples ?? 0, worst: [], spread: null };
  const { samples, tensors, spread } = steadiness;
  return {
    verdict: tensors.some(moves) ? 'would move' : 'steady',
    samplesOfHalf: samples,
    worst: worstOf(tensors).map(({ id, ratio, clipped }) => ({
      layer: layerName(graph, id),
      ratio: Number.isFinite(ratio) ? ratio : Number.MAX_VALUE,
      clipped: clipped ?? null,
    })),
    spread: spread ?? null,
  };
}

/** Above 1 where a scale would move; by the worse of both figures. */
function severity({
  ratio,
  clipped,
}: {
  readonly ratio: number;
  readonly clipped?: number | null | undefined;
}): number {
  return Math.max(ratio / greatestRatio, (clipped ?? 0) / greatestClipped);
}

function isMoved(scale: MovedScale): boolean {
  return severity(scale) >= 1;
}

function moves(tensor: TensorSteadiness): boolean {
  return severity(tensor) >= 1;
}

function worstOf(tensors: readonly TensorSteadiness[]): readonly TensorSteadiness[] {
  return [...tensors].sort((a, b) => severity(b) - severity(a)).slice(0, shown);
}

/**
 * Nothing where the scales are steady, or nothing is known. `ids`: of the samples, in their order. `more`: how more are had, where
 * the data has more than were taken.
 */
export function scaleWarnings(
  steadiness: Steadiness | undefined,
  { verdict, worst }: ScaleQuality,
  ids: readonly string[],
  more?: string,
): readonly Diagnostic[] {
  if (steadiness === undefined || verdict !== 'would move') return [];
  const { tensors } = steadiness;
  return [
    diagnose(dataQualityDiagnostics.CALIBRATION_UNSTEADY, {
      what: `each half of the calibration samples would have given other scales than the other, to ${tensors.filter(moves).length} of ${counted(tensors.length, 'tensor')}: ${worst.filter(isMoved).map(movedText).join('; ')}`,
      where: worst[0]!.layer,
      next: soleSample(worstOf(tensors)[0]!, ids) ?? moreSamples(steadiness, more),
    }),
  ];
}

function movedText({ layer, ratio, clipped }: MovedScale): string {
  const cut = clipped === null ? '' : ` and cuts off ${percent(clipped)}`;
  return `${layer}, where one is ${times(ratio)} as large as the other${cut}`;
}

function times(ratio: number): string {
  return ratio > 100 ? 'more than 100 times' : `${ratio.toFixed(1)} times`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.001 ? 2 : 1)} % of the values`;
}

function soleSample({ farthest }: TensorSteadiness, ids: readonly string[]): string | undefined {
  if (farthest === undefined || farthest.ratio < farReach) return undefined;
  const id = ids[farthest.sample] ?? String(farthest.sample);
  return `look at sample ${id}, which alone makes the range there ${times(farthest.ratio)} as wide: leave it out if it is a fault, and give more samples like it if it is none`;
}

function moreSamples({ samples, spread }: Steadiness, more = 'give more samples'): string {
  if (spread === undefined) return `${more}, and of every kind`;
  const { quarters, halves } = spread;
  return Math.log(halves) <= shrinks * Math.log(quarters)
    ? `${more}, ${2 * samples} more to begin with: ranges of quarters differ by a factor of ${quarters.toFixed(2)} in the mean and those of halves by ${halves.toFixed(2)}, so that more bring them together`
    : `halves agree no better than quarters (by factors of ${halves.toFixed(2)} and ${quarters.toFixed(2)} in the mean), so that more samples of the same kinds are not known to help: see that every kind of sample that the device will meet is among them, in all parts of the data`;
}
