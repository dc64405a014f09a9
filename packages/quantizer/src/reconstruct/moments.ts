// What is known of a layer's inputs and of what it should give: enough to say how far any other weights would be off.
import type { MultipliedPatches } from '@wherry/graph';
import { addRows } from './add-rows.js';

/** Of the patches that one group of output channels reads: as the layer gets them, and as the float layer did. */
export interface GroupMoments {
  /** Values in a patch. */
  readonly length: number;
  /** Patches that were looked at, by how much each counts. */
  count: number;
  /** Sums of the values, [length]. */
  readonly sum: Float64Array;
  /** Sums of their products, [length, length], the upper triangle. */
  readonly products: Float64Array;
  /** Sums of what the float layer gives before its activation, bias left out, per output channel of the group. */
  readonly targetSum: Float64Array;
  /** Sums of the values times that, [channels, length]. */
  readonly cross: Float64Array;
}

/** `rows`: float weights of each output channel of the group, in the order of a patch. */
export function emptyMoments(length: number, channels: number): GroupMoments {
  return {
    length,
    count: 0,
    sum: new Float64Array(length),
    products: new Float64Array(length * length),
    targetSum: new Float64Array(channels),
    cross: new Float64Array(channels * length),
  };
}

/** Looks at one place. `given`: the patch as the layer gets it, `real`: the float layer's, `share`: how much it counts. */
export function addPatch(
  moments: GroupMoments,
  given: Float64Array,
  real: Float64Array,
  rows: readonly Float64Array[],
  share = 1,
): void {
  const { length, sum, products, targetSum, cross } = moments;
  moments.count += share;
  for (let i = 0; i < length; i++) {
    const value = share * given[i]!;
    // Rectified values are zero half of the time.
    if (value === 0) continue;
    sum[i]! += value;
    for (let j = i, at = i * length + i; j < length; j++, at++) products[at]! += value * given[j]!;
  }
  for (let channel = 0; channel < rows.length; channel++) {
    const row = rows[channel]!;
    let target = 0;
    for (let i = 0; i < length; i++) target += row[i]! * real[i]!;
    target *= share;
    targetSum[channel]! += target;
    for (let i = 0, at = channel * length; i < length; i++, at++) cross[at]! += target * given[i]!;
  }
}

/** What reconstruction minimizes for one group: (s q)' H (s q) - 2 (s q)' c of each channel. */
export interface Quadratic {
  readonly length: number;
  /** Covariance of the patches, [length, length]. */
  readonly hessian: Float64Array;
  /** Covariance with the targets, [channels, length]. */
  readonly linear: Float64Array;
  readonly mean: Float64Array;
  readonly targetMean: Float64Array;
}

/** Places that are all alike leave nothing to be told apart; a little of the identity keeps every weight near its own. */
const leastDamping = 5e-3;
/** Patches for each value in one from which on pairs of inputs are believed more than not. */
const pairDoubt = 4;

export interface Evidence {
  /** How many patches as good as independent there were: of few, what they say of pairs of inputs is mostly chance. */
  readonly independent: number;
  /** The bias takes the means. */
  readonly centred: boolean;
}

export function quadraticOf(
  moments: GroupMoments,
  rows: readonly Float64Array[],
  { independent, centred }: Evidence,
): Quadratic {
  const { length, count } = moments;
  const taken = centred ? 1 / count : 0;
  const mean = moments.sum.map((sum) => sum * taken);
  const targetMean = moments.targetSum.map((sum) => sum * taken);
  const covariance = new Float64Array(length * length);
  for (let i = 0; i < length; i++)
    for (let j = i; j < length; j++)
      covariance[i * length + j] = covariance[j * length + i] =
        moments.products[i * length + j]! / count - mean[i]! * mean[j]!;
  const belief = independent / (independent + pairDoubt * length);
  const hessian = covariance.map((value) => value * belief);
  let trace = 0;
  for (let i = 0; i < length; i++) trace += hessian[i * length + i] = covariance[i * length + i]!;
  const damping = (leastDamping * trace) / length;
  for (let i = 0; i < length; i++) hessian[i * length + i]! += damping;
  const linear = new Float64Array(rows.length * length);
  rows.forEach((row, channel) => {
    // The error of what comes in, H_true w - H_given w, is believed as far as everything else.
    const own = symmetricTimes(hessian, row);
    const given = symmetricTimes(covariance, row);
    for (let i = 0; i < length; i++) {
      const target = moments.cross[channel * length + i]! / count - mean[i]! * targetMean[channel]!;
      linear[channel * length + i] = own[i]! + belief * (target - given[i]!);
    }
  });
  return { length, hessian, linear, mean, targetMean };
}

/** A symmetric matrix times a vector. */
function symmetricTimes(matrix: Float64Array, vector: Float64Array): Float64Array {
  const product = new Float64Array(vector.length);
  addRows(product, matrix, vector);
  return product;
}

/** Calls `visit` with places spread over all of them, and the same ones every time. */
export function samplePlaces(
  { places }: Pick<MultipliedPatches, 'places'>,
  sample: number,
  stride: number,
  visit: (place: number) => void,
): void {
  for (let place = 0; place < places; place++)
    if (stride === 1 || spread(sample * places + place) % stride === 0) visit(place);
}

/** A 32-bit integer hash, so that a stride never falls into step with the rows of a picture. */
function spread(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
