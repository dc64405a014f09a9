// Filters as the kernels read them: pairs of int8 that are multiplied and added at once, eight channels side by side.
import { blockChannels, weightPairBytes } from './layout.js';
import type { MemoryPlan, Place } from './memory-plan.js';
import { remembered, type Memory } from './remembered.js';

/** Places of a filter, or of a matrix's row, and values at each. */
export interface FilterShape {
  readonly filters: number;
  readonly taps: number;
  readonly length: number;
}

const known: Memory<Int8Array> = new WeakMap();

/**
 * `weights`: [groups, filters, taps, length] to [groups, blocks, taps, pairs, 8 filters, 2], filled up with zeros.
 */
export function placeFilters(weights: Int8Array, groups: number, shape: FilterShape, plan: MemoryPlan): Place {
  const role = `${groups} groups of ${shape.filters} filters, ${shape.taps} taps of ${shape.length}`;
  const pack = (target: Int8Array): void => packFilters(weights, groups, shape, target);
  return placePacked(weights, role, groups * packedBytes(shape), pack, plan);
}

/** `weights`: [taps, channels] to [blocks, pairs of taps, 8 channels, 2], filled up with zeros. */
export function placeDepthwise(weights: Int8Array, taps: number, channels: number, plan: MemoryPlan): Place {
  const bytes = packedBytes({ filters: channels, taps: 1, length: taps });
  const pack = (target: Int8Array): void => packDepthwise(weights, taps, channels, target);
  return placePacked(weights, `${taps} taps of depth ${channels}`, bytes, pack, plan);
}

/** Of one group. */
function packedBytes({ filters, taps, length }: FilterShape): number {
  return Math.ceil(filters / blockChannels) * taps * Math.ceil(length / 2) * weightPairBytes;
}

/** Larger weights take longer to run than to pack, and their memory is missed. */
const greatestRemembered = 2 ** 20;

/** Large ones are packed where they are used, without a copy of their own. */
function placePacked(
  weights: Int8Array,
  role: string,
  bytes: number,
  pack: (target: Int8Array) => void,
  plan: MemoryPlan,
): Place {
  if (weights.length > greatestRemembered) return plan.written(bytes, pack);
  return plan.constant(
    remembered(known, weights, role, () => {
      const packed = new Int8Array(bytes);
      pack(packed);
      return packed;
    }),
  );
}

function packFilters(
  weights: Int8Array,
  groups: number,
  { filters, taps, length }: FilterShape,
  target: Int8Array,
): void {
  const tapBytes = Math.ceil(length / 2) * weightPairBytes;
  const groupBytes = packedBytes({ filters, taps, length });
  for (let filter = 0, from = 0; filter < groups * filters; filter++) {
    const own = filter % filters;
    const block = Math.floor(filter / filters) * groupBytes + Math.floor(own / blockChannels) * taps * tapBytes;
    const lane = 2 * (own % blockChannels);
    for (let tap = 0; tap < taps; tap++) {
      const to = block + tap * tapBytes + lane;
      for (let k = 0; k < length; k++) target[to + (k >> 1) * weightPairBytes + (k & 1)] = weights[from++]!;
    }
  }
}

function packDepthwise(weights: Int8Array, taps: number, channels: number, target: Int8Array): void {
  const pairs = Math.ceil(taps / 2);
  for (let tap = 0, from = 0; tap < taps; tap++) {
    for (let channel = 0; channel < channels; channel++) {
      const block = Math.floor(channel / blockChannels);
      target[(block * pairs + (tap >> 1)) * weightPairBytes + 2 * (channel % blockChannels) + (tap & 1)] =
        weights[from++]!;
    }
  }
}
