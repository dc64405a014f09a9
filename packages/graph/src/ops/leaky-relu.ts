// LEAKY_RELU: x where it is positive, alpha * x elsewhere.
import { clamp } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier, roundingOf } from '../arithmetic/fixed-point.js';
import { mapInt16, mapInt8 } from '../arithmetic/integer-map.js';
import { elementwiseCost, inferSame, mapFloat } from '../arithmetic/unary.js';
import { integerRange } from '../data-type.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export interface LeakyReluAttributes {
  /** A float32 value; may be negative or above 1. */
  readonly alpha: number;
}

export const leakyRelu = defineOperator<'LEAKY_RELU', LeakyReluAttributes>({
  kind: 'LEAKY_RELU',
  summary: 'x where positive, alpha * x elsewhere',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: { alpha: 0 },
  requires: [{ sentence: 'alpha is a finite number', holds: ({ attributes }) => Number.isFinite(attributes.alpha) }],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output], attributes }) => {
      const alpha = Math.fround(attributes.alpha);
      mapFloat(input!, output!, (x) => (x > 0 ? x : x * alpha));
    },
    int8: leakyReluInt8,
    int16: leakyReluInt16,
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true, scalesChannels: () => true },
  cost: elementwiseCost,
  tflite: {
    builtin: 'LEAKY_RELU',
    options: 'LeakyReluOptions',
    fields: { alpha: 'alpha' },
    version: ({ inputs: [input] }) => (input!.dtype === 'int16' ? 2 : 1),
  },
  tflm: { resolver: 'AddLeakyRelu' },
});

function leakyReluInt8(context: KernelContext<LeakyReluAttributes>): void {
  const { inputs, outputs } = context;
  mapInt8(inputs[0]!.data as Int8Array, outputs[0]!.data as Int8Array, leaking(context));
}

function leakyReluInt16(context: KernelContext<LeakyReluAttributes>): void {
  const { inputs, outputs } = context;
  mapInt16(inputs[0]!.data as Int16Array, outputs[0]!.data as Int16Array, leaking(context));
}

/**
 * Two scales, one per sign of the input, in doubles: as measured on the runtime. Its releases before autumn 2026
 * round the products and quotients to float32, which moves one value in many thousands by 1.
 */
function leaking({
  inputs: [input],
  outputs: [output],
  attributes,
  rounding,
}: KernelContext<LeakyReluAttributes>): (stored: number) => number {
  const from = input!.quantization!;
  const to = output!.quantization!;
  const alpha = Math.fround(attributes.alpha);
  const identity = quantizeMultiplier(from.scale[0]! / to.scale[0]!);
  // The fixed-point product takes no negative multiplier; the sign is applied to the result.
  const leak = quantizeMultiplier((from.scale[0]! * Math.abs(alpha)) / to.scale[0]!);
  const sign = alpha < 0 ? -1 : 1;
  const [low, high] = integerRange(output!.dtype);
  const exact = roundingOf(input!.dtype, rounding);
  return (stored) => {
    const value = stored - from.zeroPoint[0]!;
    const scaled =
      value >= 0
        ? multiplyByQuantizedMultiplier(value, identity.multiplier, identity.shift, exact)
        : sign * multiplyByQuantizedMultiplier(value, leak.multiplier, leak.shift, exact);
    return clamp(scaled + to.zeroPoint[0]!, low, high);
  };
}
