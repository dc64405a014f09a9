// OfflineMemoryAllocation: offsets into the arena that TensorFlow Lite Micro follows without looking at them.
// Layout and lifetimes: docs/memory_management.md and micro_allocation_info.cc of TensorFlow Lite Micro.
import type { TfliteModel, TfliteTensor } from '../schema/table-types.js';
import { tensorTypeBits } from '../schema/tensor-type-bits.js';
import { constantBytes, countElements } from './tensor-facts.js';
import { tensorLifetimes, type Lifetime } from './tensor-lifetimes.js';

/** Where the runtime puts a tensor by itself. */
const unplanned = -1;
const alignment = 16;
const headerBytes = 12;
/** Room between tensors for scratch buffers, far more than any device has: an offset beyond it is no plan. */
const mostGapBytes = 2 ** 26;

interface Placed {
  readonly tensor: number;
  readonly lifetime: Lifetime;
  readonly start: number;
  readonly end: number;
}

/** `refusePlan` throws. The offsets are those of the tensors of all subgraphs, one after the other. */
export function verifyMemoryPlan(model: TfliteModel, data: Uint8Array, refusePlan: (what: string) => never): void {
  const tensors = (model.subgraphs ?? []).flatMap((subgraph) => subgraph.tensors ?? []);
  const offsets = readOffsets(data, tensors.length, refusePlan);
  offsets.forEach((offset, t) => {
    if (offset === unplanned) return;
    if (offset < 0 || offset % alignment !== 0)
      refusePlan(
        `the offset of tensor ${t} is ${offset}; it must be -1, or a multiple of ${alignment} that is not negative`,
      );
  });
  const bytes = tensors.map((tensor) => arenaBytes(model, tensor));
  const most = bytes.reduce((sum, each) => sum + each, mostGapBytes);
  offsets.forEach((offset, t) => {
    if (offset + bytes[t]! > most)
      refusePlan(`tensor ${t} would end at byte ${offset + bytes[t]!} of the arena, beyond any plan for this model`);
  });
  const lifetimes = tensorLifetimes(model);
  if (lifetimes === undefined) return refusePlan('its subgraphs call each other too often for a plan to be followed');
  const placed = offsets.flatMap((start, tensor): Placed[] => {
    const lifetime = lifetimes[tensor];
    if (start === unplanned || lifetime === undefined || bytes[tensor] === 0) return [];
    return [{ tensor, lifetime, start, end: start + bytes[tensor]! }];
  });
  const pair = firstOverlap(placed);
  if (pair !== undefined) refusePlan(`tensors ${pair.join(' and ')} overlap in the arena while both are in use`);
}

function readOffsets(data: Uint8Array, tensors: number, refusePlan: (what: string) => never): number[] {
  const expected = headerBytes + 4 * tensors;
  if (data.byteLength !== expected)
    refusePlan(`the plan has ${data.byteLength} bytes; for ${tensors} tensors it must have ${expected}`);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [version, subgraph, count] = [0, 4, 8].map((at) => view.getInt32(at, true));
  if (version !== 1) refusePlan(`the plan is of version ${version}, not 1`);
  if (subgraph !== 0) refusePlan(`the plan is for subgraph ${subgraph}, not 0`);
  if (count !== tensors) refusePlan(`the plan has offsets for ${count} tensors; the model has ${tensors}`);
  return Array.from({ length: tensors }, (_, t) => view.getInt32(headerBytes + 4 * t, true));
}

/** What the runtime sets aside for a tensor; none for constants. It gives each element a byte at least. */
function arenaBytes(model: TfliteModel, tensor: TfliteTensor): number {
  if (constantBytes(model, tensor) !== undefined) return 0;
  const elements = countElements(tensor.shape ?? []) ?? 0;
  return Math.ceil((elements * Math.max(8, tensorTypeBits[tensor.type] ?? 8)) / 8 / alignment) * alignment;
}

/** Sweeps over time with the tensors that live, in the order of their offsets: each new one is held against two. */
function firstOverlap(placed: readonly Placed[]): readonly [number, number] | undefined {
  const begins = [...placed].sort((a, b) => a.lifetime.first - b.lifetime.first || a.tensor - b.tensor);
  const ends = [...placed].sort((a, b) => a.lifetime.last - b.lifetime.last);
  const live: Placed[] = [];
  let ended = 0;
  for (const each of begins) {
    for (; ended < ends.length && ends[ended]!.lifetime.last < each.lifetime.first; ended++)
      live.splice(positionIn(live, ends[ended]!.start), 1);
    const at = positionIn(live, each.start);
    const other = [live[at - 1], live[at]].find(
      (neighbour) => neighbour !== undefined && neighbour.start < each.end && each.start < neighbour.end,
    );
    if (other !== undefined) return [other.tensor, each.tensor];
    live.splice(at, 0, each);
  }
  return undefined;
}

/** The first position whose tensor starts at `start` or later. */
function positionIn(live: readonly Placed[], start: number): number {
  let [low, high] = [0, live.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (live[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
