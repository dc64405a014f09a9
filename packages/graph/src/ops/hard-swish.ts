// HARD_SWISH: x * relu6(x + 3) / 6.
import { clamp } from '../arithmetic/activation.js';
import { quantizeMultiplier, roundingDivideByPowerOfTwo } from '../arithmetic/fixed-point.js';
import { mapInt8 } from '../arithmetic/integer-map.js';
import {
  multiplier16,
  roundingDoublingHighMultiply16,
  saturatingLeftShift,
  truncatingDoublingHighMultiply16,
} from '../arithmetic/sixteen-bit.js';
import { elementwiseCost, inferSame, mapFloat } from '../arithmetic/unary.js';
import type { Quantization } from '../ir.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const hardSwish = defineOperator<'HARD_SWISH', object>({
  kind: 'HARD_SWISH',
  summary: 'x * relu6(x + 3) / 6',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) =>
      mapFloat(input!, output!, (x) => (x * Math.min(6, Math.max(0, x + 3))) / 6),
    int8: hardSwishInt8,
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: { builtin: 'HARD_SWISH', options: 'HardSwishOptions', fields: {}, version: () => 1 },
  tflm: { resolver: 'AddHardSwish' },
});

function hardSwishInt8({ inputs: [input], outputs: [output] }: KernelContext<object>): void {
  const f = hardSwishOf(input!.quantization!, output!.quantization!);
  mapInt8(input!.data as Int8Array, output!.data as Int8Array, f);
}

/**
 * 16-bit fixed point: x shifted up by 7 bits, times a factor in [0, 1] whose full scale of 2^15 stands for x = 3.
 * Source: HardSwish in TFLite's reference kernels, its scales from float32 quotients (HardSwishPrepare).
 */
function hardSwishOf(from: Quantization, to: Quantization): (stored: number) => number {
  const fineScale = Math.fround(from.scale[0]! / 128);
  const outward = quantizeMultiplier(Math.fround(fineScale / to.scale[0]!));
  const gate = quantizeMultiplier(Math.fround(fineScale / Math.fround(3 / 32768)));
  const [outwardMultiplier, gateMultiplier] = [multiplier16(outward.multiplier), multiplier16(gate.multiplier)];
  return (stored) => {
    const fine = (stored - from.zeroPoint[0]!) * 128;
    let factor = gate.shift > 0 ? saturatingLeftShift(fine, gate.shift - 1) : fine;
    factor = roundingDoublingHighMultiply16(factor, gateMultiplier);
    if (gate.shift > 0) factor = saturatingLeftShift(factor, 1);
    if (gate.shift < 0) factor = roundingDivideByPowerOfTwo(factor, -gate.shift);
    factor = (factor + 32768) >> 1;
    const product = truncatingDoublingHighMultiply16(factor, roundingDoublingHighMultiply16(fine, outwardMultiplier));
    return clamp(roundingDivideByPowerOfTwo(product, -outward.shift) + to.zeroPoint[0]!, -128, 127);
  };
}
