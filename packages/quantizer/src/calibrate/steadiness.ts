// Would other samples have given other scales? Each half of the samples says what it alone would have made of them.
import { outputRule, type Graph, type TensorId } from '@wherry/graph';
import { chooseRanges } from '../plan/choose-ranges.js';
import type { Calibration, CrossCalibration } from './calibrate.js';
import type { Collected } from './collection.js';
import { HistogramTails } from './histogram-tails.js';
import { withZero, type Range, type RangeChoice } from './range.js';
import { ratioOf, type PartRanges, type RangeParts } from './range-parts.js';

/** What the halves of the samples (`foldOf`) make of one tensor. */
export interface TensorSteadiness {
  readonly id: TensorId;
  /** How many times as wide the wider of the two ranges is. */
  readonly ratio: number;
  /**
   * Share of the values of one half that the range of the other cuts off and its own does not, the greater of the two: a method
   * that cuts cuts off both. Undefined where no values were collected.
   */
  readonly clipped: number | undefined;
  /** The sample that reaches farthest, and how many times as wide the range by minimum and maximum is for it. */
  readonly farthest: { readonly sample: number; readonly ratio: number } | undefined;
}

export interface Steadiness {
  /** Samples of the smaller half. */
  readonly samples: number;
  /** Those that have a scale of their own out of the samples. */
  readonly tensors: readonly TensorSteadiness[];
  readonly spread: Spread | undefined;
}

/** How many times as wide one range by minimum and maximum is than another, in the geometric mean over tensors and pairs of parts. */
export interface Spread {
  readonly quarters: number;
  readonly halves: number;
}

export interface SteadinessOptions {
  readonly choice: RangeChoice;
  readonly parts: RangeParts;
  /** By the calibration. */
  readonly collected: Pick<Collected, 'histograms'>;
}

/** Undefined where a half is empty. */
export function measureSteadiness(
  graph: Graph,
  calibration: CrossCalibration,
  { choice, parts, collected }: SteadinessOptions,
): Steadiness | undefined {
  const { folds, statistics } = calibration;
  if (folds === undefined) return undefined;
  const [first, second] = [chooseRanges(graph, folds[0], choice), chooseRanges(graph, folds[1], choice)];
  const ids = scaledTensors(graph).filter((id) => statistics.has(id));
  const tensors = ids.map((id) => {
    const ranges = [first.get(id)!, second.get(id)!] as const;
    const clipped = collected.histograms ? clippedShare(folds, ranges, id) : undefined;
    const far = parts.farthest(id);
    const farthest = far && { sample: far.sample, ratio: ratioOf(withZero(statistics.get(id)!), far.range) };
    return { id, ratio: ratioOf(...ranges), clipped, farthest };
  });
  return { samples: Math.min(...folds.map(({ samples }) => samples)), tensors, spread: spreadOf(ids, parts) };
}

/** Inputs, and outputs whose scale is chosen by samples. */
export function scaledTensors(graph: Graph): readonly TensorId[] {
  const own = graph.nodes.flatMap(({ kind, outputs }) =>
    outputs.filter((_, output) => outputRule(kind, output).from === 'calibration'),
  );
  return [...new Set([...graph.inputs, ...own])];
}

function clippedShare(
  folds: readonly [Calibration, Calibration],
  ranges: readonly [Range, Range],
  id: TensorId,
): number {
  const shares = folds.map((fold, own) => {
    const tails = new HistogramTails(fold.statistics.get(id)!.histogram);
    const outside = ({ min, max }: Range): number => {
      // What lies within half a step of 255 is rounded, not cut off.
      const half = (max - min) / 510;
      return (tails.below(min - half).count + tails.above(max + half).count) / tails.total;
    };
    return outside(ranges[1 - own]!) - outside(ranges[own]!);
  });
  return Math.max(0, ...shares);
}

/** The blocks that `explores` and `foldOf` tell apart. Undefined where one of these quarters is empty. */
function spreadOf(tensors: readonly TensorId[], parts: RangeParts): Spread | undefined {
  const quarterOf = (block: number): number => block & 3;
  const quarters = [0, 1, 2, 3].map((quarter) => parts.ofBlocks((block) => quarterOf(block) === quarter));
  if (quarters.some(({ samples }) => samples === 0)) return undefined;
  const pairs = quarters.flatMap((one, i) => quarters.slice(i + 1).map((other) => [one, other] as const));
  const halves = [1, 2, 3].map((with0) => {
    const isIn = (block: number): boolean => quarterOf(block) === 0 || quarterOf(block) === with0;
    return [parts.ofBlocks(isIn), parts.ofBlocks((block) => !isIn(block))] as const;
  });
  return { quarters: meanRatio(tensors, pairs), halves: meanRatio(tensors, halves) };
}

function meanRatio(tensors: readonly TensorId[], pairs: readonly (readonly [PartRanges, PartRanges])[]): number {
  const logarithms = pairs.flatMap(([one, other]) =>
    tensors.map((id) => Math.log(ratioOf(one.ranges.get(id)!, other.ranges.get(id)!))).filter(Number.isFinite),
  );
  return Math.exp(logarithms.reduce((sum, value) => sum + value, 0) / Math.max(1, logarithms.length));
}
