// Scales of constant weights and of the bias that belongs to them.
import { WherryError, type Quantization, type Tensor } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { symmetricInt8 } from './affine.js';

const { abs } = Math;

/**
 * The accumulator is an int32 that starts at the bias; a quarter of its range is left to the bias so that no product sum
 * can wrap it (127 * 255 * 49,000 products fit into the rest).
 */
const greatestBias = 2 ** 29;

/** Greatest magnitude of each slice along `axis`; NaN where a slice holds one. Data in C order. */
export function sliceMagnitudes(data: Float32Array, shape: readonly number[], axis: number): number[] {
  const inner = shape.slice(axis + 1).reduce((product, dimension) => product * dimension, 1);
  const slices = shape[axis]!;
  const magnitudes = new Array<number>(slices).fill(0);
  for (let start = 0, slice = 0; start < data.length; start += inner, slice = slice + 1 === slices ? 0 : slice + 1) {
    let most = magnitudes[slice]!;
    for (let i = start; i < start + inner; i++) {
      const magnitude = abs(data[i]!);
      // A NaN fails this comparison and stays from then on.
      if (!(magnitude <= most)) most = magnitude;
    }
    magnitudes[slice] = most;
  }
  return magnitudes;
}

/** Magnitudes by axis; every candidate of a selection asks for the same ones, for the weights and again for their bias. */
const remembered = new WeakMap<Float32Array, Map<number | null, readonly number[]>>();

function magnitudesOf({ data, shape }: Tensor, axis: number | null): readonly number[] {
  const values = data as Float32Array;
  const known = remembered.get(values) ?? new Map<number | null, readonly number[]>();
  remembered.set(values, known);
  const magnitudes =
    known.get(axis) ??
    (axis === null ? sliceMagnitudes(values, [1, values.length], 0) : sliceMagnitudes(values, shape, axis));
  known.set(axis, magnitudes);
  return magnitudes;
}

/**
 * Symmetric scales, one per slice along `axis` or, with null, one for all. A slice of zeros takes scale 1/127 (any scale
 * is right); a slice whose bias would not fit the accumulator takes the scale at which it does. Throws QUANT_WEIGHTS_NOT_CONSTANT, QUANT_NOT_FINITE.
 */
export function weightScales(
  weights: Tensor,
  bias: Tensor | undefined,
  axis: number | null,
  inputScale: number,
  origin: string,
): Quantization {
  if (weights.data === undefined || (bias !== undefined && bias.data === undefined)) {
    throw new WherryError(quantizerDiagnostics.QUANT_WEIGHTS_NOT_CONSTANT, {
      what: `${weights.data === undefined ? weights.name : bias?.name} is not a constant`,
      where: origin,
      next: 'store the weights in the model, or take this layer out of the part that is deployed',
    });
  }
  const magnitudes = magnitudesOf(weights, axis);
  if (!magnitudes.every(Number.isFinite)) {
    throw new WherryError(quantizerDiagnostics.QUANT_NOT_FINITE, {
      what: `the weights ${weights.name} hold NaN or infinity`,
      where: origin,
      next: 'train or export the model again; these weights cannot be used in float either',
    });
  }
  const biases = Array.from((bias?.data as Float32Array | undefined) ?? [], Math.abs);
  const greatestBiasValue = biases.reduce((most, value) => Math.max(most, value), 0);
  const adjusted = magnitudes.map((magnitude, slice) => {
    const biasValue = axis === null ? greatestBiasValue : (biases[slice] ?? 0);
    const needed = (biasValue / (inputScale * greatestBias)) * 127;
    return Math.max(magnitude === 0 ? 1 : magnitude, needed);
  });
  return symmetricInt8(adjusted, axis ?? 0);
}

/** int32 bias: scale[i] = input scale * weight scale[i], zero point 0. The product is taken in float32 as runtimes do. */
export function biasScales(inputScale: number, weights: Quantization): Quantization {
  return {
    scale: weights.scale.map((scale) => Math.fround(inputScale * scale)),
    zeroPoint: weights.zeroPoint.map(() => 0),
    axis: 0,
  };
}
