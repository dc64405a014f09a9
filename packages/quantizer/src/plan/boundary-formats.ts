// What the firmware hands in and takes out: graph inputs and outputs in the types that are asked for.
import { tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { quantizationOf } from './affine.js';
import type { Ranges } from './choose-ranges.js';
import { affine, type AffineFormat, type TensorFormat } from './number-format.js';
import { measuredText, type WrittenFormats } from './written-formats.js';

/** `own`: whatever the scheme computes with at that place. */
export type BoundaryType = 'own' | 'float32' | 'int8' | 'uint8' | 'int16';

const formats: { readonly [T in Exclude<BoundaryType, 'own' | 'float32'>]: AffineFormat } = {
  int8: affine('int8'),
  uint8: affine('uint8'),
  int16: affine('int16', { symmetric: true }),
};

/** Undefined for a tensor that is no activation. `written`: as it is inside. */
export function boundaryFormat(
  graph: Graph,
  id: TensorId,
  type: BoundaryType,
  { written, ranges }: { readonly written: WrittenFormats; readonly ranges: Ranges },
): TensorFormat | undefined {
  const inside = written.get(id);
  if (inside === undefined || type === 'own' || inside.dtype === type) return inside;
  if (type === 'float32') return { dtype: 'float32', reason: 'real for the firmware' };
  if (type === 'uint8' && inside.dtype === 'int8') {
    // The same steps, counted from 0.
    const { scale, zeroPoint, axis } = inside.quantization!;
    const quantization = { scale, zeroPoint: zeroPoint.map((zero) => zero + 128), axis };
    return { dtype: 'uint8', quantization, reason: 'the int8 of the model, counted from 0' };
  }
  const range = ranges.get(id) ?? { min: 0, max: 0, from: `nothing measured of ${tensorAt(graph, id).name}` };
  return { dtype: type, quantization: quantizationOf(range, formats[type]), reason: measuredText(range) };
}
