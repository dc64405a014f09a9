// MUL: the product of two tensors, broadcast to each other.
import { activationBounds, type FusedActivation } from '../arithmetic/activation.js';
import { binaryCost, broadcastRules, combineBroadcast, inferBroadcast } from '../arithmetic/broadcast.js';
import { multiplyByQuantizedMultiplier, roundingOf } from '../arithmetic/fixed-point.js';
import { int8Product } from '../arithmetic/product.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { wholeKernels } from '../arithmetic/whole-numbers.js';
import { defineOperator, type AppliedContext, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export interface MulAttributes {
  readonly activation: FusedActivation;
}

export const mul = defineOperator<'MUL', MulAttributes>({
  kind: 'MUL',
  summary: 'The product of two tensors, broadcast to each other',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: { activation: 'NONE' },
  requires: [...broadcastRules, symmetricInt16],
  infer: inferBroadcast,
  kernels: {
    float: multiplyFloat,
    int8: multiplyInteger,
    int16: multiplyInteger,
    ...wholeKernels(Math.imul, (a, b) => a * b),
  },
  quantization: { operands: [activation, activation], outputs: [calibrated] },
  traits: { elementwise: true, acceptsFusedActivation: true, mayRunInPlace: true },
  cost: binaryCost,
  tflite: {
    builtin: 'MUL',
    options: 'MulOptions',
    fields: { activation: 'fused_activation_function' },
    version: mulVersion,
  },
  tflm: { resolver: 'AddMul' },
});

function multiplyFloat({ inputs: [first, second], outputs: [output], attributes }: KernelContext<MulAttributes>): void {
  const [low, high] = activationBounds(attributes.activation);
  combineBroadcast(first!, second!, output!, (a, b) => Math.min(high, Math.max(low, a * b)));
}

function multiplyInteger({
  inputs: [first, second],
  outputs: [output],
  attributes,
  rounding,
}: KernelContext<MulAttributes>): void {
  const [zeroA, zeroB] = [first!.quantization!.zeroPoint[0]!, second!.quantization!.zeroPoint[0]!];
  const {
    scale: { multiplier, shift },
    zeroPoint,
    bounds: [low, high],
  } = int8Product([first!, second!, output!], attributes.activation);
  const exact = roundingOf(first!.dtype, rounding);
  combineBroadcast(first!, second!, output!, (x, y) => {
    const value = multiplyByQuantizedMultiplier((x - zeroA) * (y - zeroB), multiplier, shift, exact) + zeroPoint;
    return value < low ? low : value > high ? high : value;
  });
}

/** Version 3 is the one that may scale the product up. */
function mulVersion({ inputs: [first, second], outputs: [output] }: AppliedContext<MulAttributes>): number {
  if (first!.dtype === 'int64') return 5;
  if (first!.dtype === 'int16') return 4;
  if (first!.dtype !== 'int8') return 1;
  const [a, b, o] = [first, second, output].map((operand) => operand!.quantization?.scale[0] ?? 0) as [
    number,
    number,
    number,
  ];
  return a * b >= o && o > 0 ? 3 : 2;
}
