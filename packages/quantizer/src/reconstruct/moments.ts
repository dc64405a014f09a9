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
  /** What `products` and `cross` do not hold yet; none of short patches. */
  readonly waiting: WaitingPatches;
}

/** Patches that are looked at together: a sum of products is read and written once for several. */
interface WaitingPatches {
  count: number;
  /** As the layer gets them, [patches, length]. */
  readonly given: Float64Array;
  /** By how much each counts. */
  readonly shares: Float64Array;
  /** What each should give, [channels, patches]. */
  readonly targets: Float64Array;
}

const together = 32;
/** Values in a patch from which on that is quicker than each patch by itself. */
export const worthWaiting = 96;

/** `rows`: float weights of each output channel of the group, in the order of a patch. */
export function emptyMoments(length: number, channels: number): GroupMoments {
  return {
    length,
    count: 0,
    sum: new Float64Array(length),
    products: new Float64Array(length * length),
    targetSum: new Float64Array(channels),
    cross: new Float64Array(channels * length),
    waiting: waitingPatches(length < worthWaiting ? 0 : length, channels),
  };
}

function waitingPatches(length: number, channels: number): WaitingPatches {
  return {
    count: 0,
    given: new Float64Array(together * length),
    shares: new Float64Array(together),
    targets: new Float64Array(channels * together),
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
  const { length, sum, targetSum, waiting } = moments;
  moments.count += share;
  for (let i = 0; i < length; i++) sum[i]! += share * given[i]!;
  const targets = productsWith(rows, real);
  for (let channel = 0; channel < rows.length; channel++) targetSum[channel]! += targets[channel]! *= share;
  if (length < worthWaiting) {
    addAlone(moments, given, targets, share);
    return;
  }
  const at = waiting.count++;
  waiting.given.set(given, at * length);
  waiting.shares[at] = share;
  for (let channel = 0; channel < rows.length; channel++) waiting.targets[channel * together + at] = targets[channel]!;
  if (waiting.count === together) addWaiting(moments);
}

function addAlone(
  { length, products, cross }: GroupMoments,
  given: Float64Array,
  targets: Float64Array,
  share: number,
): void {
  for (let i = 0; i < length; i++) {
    const value = share * given[i]!;
    // Rectified values are zero half of the time.
    if (value === 0) continue;
    for (let j = i, at = i * length + i; j < length; j++, at++) products[at]! += value * given[j]!;
  }
  for (let channel = 0; channel < targets.length; channel++) {
    const target = targets[channel]!;
    for (let i = 0, at = channel * length; i < length; i++, at++) cross[at]! += target * given[i]!;
  }
}

/** Each row's product with a vector. Four sums at once: none waits for another, and each is taken in the order of its values. */
function productsWith(rows: readonly Float64Array[], vector: Float64Array): Float64Array {
  const products = new Float64Array(rows.length);
  const inFours = rows.length - (rows.length % 4);
  for (let row = 0; row < inFours; row += 4) {
    const [a, b, c, d] = [rows[row]!, rows[row + 1]!, rows[row + 2]!, rows[row + 3]!];
    let [x, y, z, w] = [0, 0, 0, 0];
    for (let i = 0; i < vector.length; i++) {
      const value = vector[i]!;
      x += a[i]! * value;
      y += b[i]! * value;
      z += c[i]! * value;
      w += d[i]! * value;
    }
    products[row] = x;
    products[row + 1] = y;
    products[row + 2] = z;
    products[row + 3] = w;
  }
  for (let row = inFours; row < rows.length; row++) {
    const weights = rows[row]!;
    let product = 0;
    for (let i = 0; i < vector.length; i++) product += weights[i]! * vector[i]!;
    products[row] = product;
  }
  return products;
}

function addWaiting({ length, products, targetSum, cross, waiting }: GroupMoments): void {
  const { count, given, shares, targets } = waiting;
  const values = new Float64Array(count);
  for (let i = 0; i < length; i++) {
    for (let patch = 0; patch < count; patch++) values[patch] = shares[patch]! * given[patch * length + i]!;
    addRows(products.subarray(i * length + i, (i + 1) * length), given, values, i, length);
  }
  for (let channel = 0; channel < targetSum.length; channel++)
    addRows(
      cross.subarray(channel * length, (channel + 1) * length),
      given,
      targets.subarray(channel * together, channel * together + count),
    );
  waiting.count = 0;
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
  addWaiting(moments);
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
