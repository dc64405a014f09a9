// What quantization did to one constant, in parts that add up: cut off, rounded, and whatever neither of the two explains.
import { integerRange, type Tensor } from '@wherry/graph';
import { realConstant, roundingReach } from '@wherry/quantizer';
import { plainRounding, type ConstantPart } from './causes.js';

/** A constant as the float model has it, and what each cause adds to it. */
export interface ConstantParts {
  /** Position among the inputs of its node. */
  readonly input: number;
  readonly exact: Float32Array;
  readonly parts: ReadonlyMap<ConstantPart, Float32Array>;
}

/** Steps that weights which are rounded together are off by, with what float32 has no room for. */
const greatestRounding = 1.01 * roundingReach;

/** `exact`: undefined where nothing is known of it, so that nothing is said of it. */
export function constantParts(
  input: number,
  tensor: Tensor,
  role: 'weights' | 'bias',
  exact: Float32Array | undefined,
): ConstantParts | undefined {
  const given = realConstant(tensor);
  if (given === undefined) return undefined;
  if (exact === undefined || exact.length !== given.length) return { input, exact: given, parts: new Map() };
  const parts = role === 'bias' ? biasParts(tensor, exact, given) : weightParts(tensor, exact, given);
  const plain = role === 'bias' ? plainBias(tensor, exact, given) : plainWeights(tensor, exact, given);
  return { input, exact, parts: nonZero([...parts, [plainRounding, plain]]) };
}

/** A bias has the scale that its layer gives it. */
function plainBias({ quantization }: Tensor, exact: Float32Array, given: Float32Array): Float32Array {
  const scale = quantization?.scale;
  if (scale === undefined) return exact.map((value, i) => given[i]! - value);
  return exact.map((value, i) => {
    const step = scale[i % scale.length]!;
    return Math.round(value / step) * step - value;
  });
}

function plainWeights(tensor: Tensor, exact: Float32Array, given: Float32Array): Float32Array {
  const { quantization, dtype } = tensor;
  if (quantization === undefined) return exact.map((value, i) => given[i]! - value);
  const slice = slicesOf(tensor);
  const low = new Float64Array(quantization.scale.length);
  const high = low.slice();
  exact.forEach((value, i) => {
    low[slice(i)] = Math.min(low[slice(i)]!, value);
    high[slice(i)] = Math.max(high[slice(i)]!, value);
  });
  const [least, greatest] = integerRange(dtype);
  const isSymmetric = quantization.zeroPoint.every((zero) => zero === 0);
  const steps = low.map((bottom, s) =>
    isSymmetric ? Math.max(-bottom, high[s]!) / greatest : (high[s]! - bottom) / (greatest - least),
  );
  return exact.map((value, i) => {
    const step = steps[slice(i)]!;
    return step === 0 ? 0 : Math.round(value / step) * step - value;
  });
}

function biasParts({ quantization }: Tensor, exact: Float32Array, given: Float32Array): ConstantParts['parts'] {
  const [rounded, shifted] = [new Float32Array(exact.length), new Float32Array(exact.length)];
  const scale = quantization?.scale ?? [Infinity];
  for (let i = 0; i < exact.length; i++) {
    const off = given[i]! - exact[i]!;
    // What float32 has no room for is no shift either.
    const isRounded = Math.abs(off) <= scale[i % scale.length]! || Math.abs(off) <= 1e-6 * Math.abs(exact[i]!);
    (isRounded ? rounded : shifted)[i] = off;
  }
  return nonZero([
    ['bias', rounded],
    ['bias shift', shifted],
  ]);
}

function weightParts(tensor: Tensor, exact: Float32Array, given: Float32Array): ConstantParts['parts'] {
  const [other, clipped, rounded] = [0, 0, 0].map(() => new Float32Array(exact.length));
  const bounds = boundsOf(tensor);
  for (let i = 0; i < exact.length; i++) {
    const { step, low, high } = bounds(i);
    const bounded = Math.min(high, Math.max(low, exact[i]!));
    // What is beyond the end by less than half a step is rounded to it.
    const kept = Math.abs(bounded - exact[i]!) <= step / 2 ? exact[i]! : bounded;
    const rest = given[i]! - kept;
    clipped![i] = kept - exact[i]!;
    (Math.abs(rest) <= greatestRounding * step ? rounded! : other!)[i] = rest;
  }
  return nonZero([
    ['conversion', other!],
    ['weight clipping', clipped!],
    ['weight rounding', rounded!],
  ]);
}

interface Bounds {
  readonly step: number;
  readonly low: number;
  readonly high: number;
}

/** Of each element: the step of its scale, and the ends of what its integers reach. Halves reach everything. */
function boundsOf(tensor: Tensor): (element: number) => Bounds {
  const { dtype, quantization } = tensor;
  if (quantization === undefined) return () => ({ step: Infinity, low: -Infinity, high: Infinity });
  const { scale, zeroPoint } = quantization;
  const [least, greatest] = integerRange(dtype);
  const slices = scale.map((step, slice) => {
    const zero = zeroPoint[slice] ?? 0;
    // Symmetric weights leave the least integer out.
    return { step, low: (zero === 0 ? -greatest : least - zero) * step, high: (greatest - zero) * step };
  });
  const slice = slicesOf(tensor);
  return (element) => slices[slice(element)]!;
}

/** Of each element: which scale is its own. */
function slicesOf({ shape, quantization }: Tensor): (element: number) => number {
  const { scale, axis } = quantization!;
  const run = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  return (element) => (scale.length === 1 ? 0 : Math.floor(element / run) % scale.length);
}

function nonZero(parts: readonly (readonly [ConstantPart, Float32Array])[]): ConstantParts['parts'] {
  return new Map(parts.filter(([, values]) => values.some((value) => value !== 0)));
}
