// What every activation is written as: real, at a scale that the specification fixes, or at that of its group's range.
import { tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { quantizationOf } from './affine.js';
import type { ChosenRange, Ranges } from './choose-ranges.js';
import type { AffineFormat, TensorFormat } from './number-format.js';
import type { SharedScales } from './share-scales.js';

export type WrittenFormats = ReadonlyMap<TensorId, TensorFormat>;

/** In ascending order of tensor ids. */
export function writtenFormats(graph: Graph, shared: SharedScales, ranges: Ranges): WrittenFormats {
  const { formats, groups } = shared;
  const groupRanges = rangesOfGroups(shared, ranges);
  const written = new Map<TensorId, TensorFormat>();
  for (const id of [...formats.keys()].sort((a, b) => a - b)) {
    const format = formats.get(id)!;
    const root = groups.rootOf(id);
    written.set(
      id,
      format.kind === 'affine'
        ? affineOf(graph, { id, root, format }, shared, groupRanges.get(root))
        : { dtype: 'float32', reason: 'stays real' },
    );
  }
  return written;
}

function affineOf(
  graph: Graph,
  { id, root, format }: { readonly id: TensorId; readonly root: TensorId; readonly format: AffineFormat },
  { groups }: SharedScales,
  range: ChosenRange = { min: 0, max: 0, from: 'nothing measured' },
): TensorFormat {
  const fixed = groups.fixedScale(id);
  if (fixed !== undefined) {
    const quantization = { scale: [Math.fround(fixed.scale)], zeroPoint: [fixed.zeroPoint], axis: 0 };
    return { dtype: format.dtype, quantization, reason: 'fixed by the quantization specification' };
  }
  const measured = measuredText(range);
  const reason = root === id ? measured : `shares the scale of ${tensorAt(graph, root).name}, ${measured}`;
  return { dtype: format.dtype, quantization: quantizationOf(range, format), reason };
}

/** How a range came to be, with its ends. */
export function measuredText({ from, min, max }: ChosenRange): string {
  return `${from}: [${min.toPrecision(4)}, ${max.toPrecision(4)}]`;
}

function rangesOfGroups({ formats, groups }: SharedScales, ranges: Ranges): Map<TensorId, ChosenRange> {
  const ofGroups = new Map<TensorId, ChosenRange>();
  for (const id of [...formats.keys()].sort((a, b) => a - b)) {
    const range = ranges.get(id);
    if (range === undefined) continue;
    const root = groups.rootOf(id);
    const { min, max, from } = ofGroups.get(root) ?? range;
    ofGroups.set(root, { min: Math.min(min, range.min), max: Math.max(max, range.max), from });
  }
  return ofGroups;
}
