// Scales of constant weights and of the bias that belongs to them.
import { integerRange, WherryError, type Quantization, type Tensor } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import type { Memory } from '../memory.js';
import { symmetricQuantization } from './affine.js';
import type { AffineFormat, NumberFormat } from './number-format.js';

const { abs } = Math;

/**
 * The accumulator is an int32 that starts at the bias; a quarter of its range is left to the bias so that no product sum
 * can wrap it (127 * 255 * 49,000 products fit into the rest). XNNPACK keeps the sums of int4 weights 16 times as large,
 * which leaves as many products.
 */
const greatestBias = { int8: 2 ** 29, int4: 2 ** 25 } as const;

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

export interface WeightScaleOptions {
  /** Along which there is one scale per slice; null: one for all. */
  readonly axis: number | null;
  /** Of what the weights multiply; undefined where that is real. */
  readonly inputScale: number | undefined;
  readonly format: AffineFormat;
  /** What the bias is added to. */
  readonly accumulator: NumberFormat;
  readonly origin: string;
  /** Magnitudes of the slices beyond which weights are cut off. */
  readonly kept?: readonly number[] | undefined;
  /** Every candidate of a selection asks for the same magnitudes, for the weights and again for their bias. */
  readonly memory: Memory;
}

/**
 * Symmetric scales. A slice of zeros takes the scale of ones (any is right); a slice whose bias would not fit an int32
 * accumulator takes the scale at which it does. Throws QUANT_WEIGHTS_NOT_CONSTANT, QUANT_NOT_FINITE.
 */
export function weightScales(
  { weights, bias }: { readonly weights: Tensor; readonly bias: Tensor | undefined },
  options: WeightScaleOptions,
): Quantization {
  const { axis, format } = options;
  const own = magnitudesOf(requireConstants(weights, bias, options.origin), weights, options);
  const magnitudes = options.kept ?? own;
  const needed = leastMagnitudes(bias, options);
  const adjusted = magnitudes.map((magnitude, slice) => Math.max(magnitude === 0 ? 1 : magnitude, needed(slice)));
  return symmetricQuantization(adjusted, format, axis ?? 0);
}

function requireConstants(weights: Tensor, bias: Tensor | undefined, origin: string): Float32Array {
  const open = weights.data === undefined ? weights : bias?.data === undefined ? bias : undefined;
  if (open === undefined) return weights.data as Float32Array;
  throw new WherryError(quantizerDiagnostics.QUANT_WEIGHTS_NOT_CONSTANT, {
    what: `${open.name} is not a constant`,
    where: origin,
    next: 'store the weights in the model, or take this layer out of the part that is deployed',
  });
}

function magnitudesOf(
  data: Float32Array,
  { name, shape }: Tensor,
  { axis, memory, origin }: WeightScaleOptions,
): readonly number[] {
  const magnitudes = memory.recall(data, `magnitudes ${axis}`, () =>
    axis === null ? sliceMagnitudes(data, [1, data.length], 0) : sliceMagnitudes(data, shape, axis),
  );
  if (magnitudes.every(Number.isFinite)) return magnitudes;
  throw new WherryError(quantizerDiagnostics.QUANT_NOT_FINITE, {
    what: `the weights ${name} hold NaN or infinity`,
    where: origin,
    next: 'train or export the model again; these weights cannot be used in float either',
  });
}

/** Of a slice: what its weights must at least reach, so that the bias fits beside them. */
function leastMagnitudes(
  bias: Tensor | undefined,
  { axis, inputScale, format, accumulator }: WeightScaleOptions,
): (slice: number) => number {
  const isShort = accumulator.kind === 'affine' && accumulator.dtype === 'int32';
  if (!isShort || inputScale === undefined || bias === undefined) return () => 0;
  const biases = Array.from(bias.data as Float32Array, Math.abs);
  const greatest = biases.reduce((most, value) => Math.max(most, value), 0);
  const [, greatestWeight] = integerRange(format.dtype);
  const most = format.dtype === 'int4' ? greatestBias.int4 : greatestBias.int8;
  return (slice) => ((axis === null ? greatest : biases[slice]!) / (inputScale * most)) * greatestWeight;
}

/** scale[i] = input scale * weight scale[i], zero point 0. The product is taken in float32 as runtimes do. */
export function biasScales(inputScale: number, weights: Quantization): Quantization {
  return {
    scale: weights.scale.map((scale) => Math.fround(inputScale * scale)),
    zeroPoint: weights.zeroPoint.map(() => 0),
    axis: 0,
  };
}
