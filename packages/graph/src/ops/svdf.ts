// SVDF: a dense layer whose filters are products of one over the input and one over the time, kept from run to run.
import { activationBounds, clamp, type FusedActivation } from '../arithmetic/activation.js';
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.js';
import { integerRange } from '../data-type.js';
import { defineOperator, type KernelContext, type OperandSpec } from '../op-definition.js';
import { activation, bias, calibrated, state, weights } from '../operand-role.js';
import { sameShape } from '../shape.js';

export interface SvdfAttributes {
  /** Filters whose results are summed up for one unit. */
  readonly rank: number;
  /** Of real numbers only: among integers the range of the output is the clamp. */
  readonly activation: FusedActivation;
}

export const svdf = defineOperator<'SVDF', SvdfAttributes>({
  kind: 'SVDF',
  summary:
    'Input [N,D] times feature filters [F,D], kept in a state [N,F*T], whose last T values are multiplied by time filters [F,T], summed by rank, plus bias [F/rank]',
  arity: { inputs: [5, 5], outputs: 1 },
  defaults: { rank: 0, activation: 'NONE' },
  requires: [
    {
      sentence: 'input and both filters have 2 dimensions, none of them 0',
      holds: ({ inputs }) => inputs.slice(0, 3).every((one) => one!.shape.length === 2 && Math.min(...one!.shape) > 0),
    },
    {
      sentence: 'the feature filters are as long as the input, and there is a time filter for each',
      holds: ({ inputs: [input, feature, time] }) =>
        feature!.shape[1] === input!.shape[1] && time!.shape[0] === feature!.shape[0],
    },
    {
      sentence: 'the number of filters is a whole multiple of the rank',
      holds: ({ inputs: [, feature], attributes: { rank } }) => rank >= 1 && feature!.shape[0]! % rank === 0,
    },
    {
      sentence: 'the bias has one value per unit',
      holds: ({ inputs: [, feature, , bias], attributes: { rank } }) =>
        sameShape(bias!.shape, [feature!.shape[0]! / rank]),
    },
    {
      sentence: 'the state has a value for each place of each time filter',
      holds: ({ inputs: [input, , time, , memory] }) =>
        sameShape(memory!.shape, [input!.shape[0]!, time!.shape[0]! * time!.shape[1]!]),
    },
    {
      sentence: 'time filters and state are of one type, int8 or int16 beside an int8 input',
      holds: ({ inputs: [input, feature, time, , memory] }) =>
        time!.dtype === memory!.dtype &&
        feature!.dtype === input!.dtype &&
        (input!.dtype === 'int8' ? ['int8', 'int16'] : [input!.dtype]).includes(time!.dtype),
    },
    {
      sentence: 'integer filters have one scale each and the zero point 0, as an int16 state has',
      holds: ({ inputs: [, feature, time, , memory] }) =>
        [feature!, time!, ...(memory!.dtype === 'int16' ? [memory!] : [])].every(isSymmetric),
    },
  ],
  infer: ({ inputs: [input, feature], attributes: { rank } }) => [
    { shape: [input!.shape[0]!, feature!.shape[0]! / rank], dtype: input!.dtype },
  ],
  kernels: { float: filterFloat, int8: filterInt8 },
  quantization: {
    operands: [activation, weights({ axis: 0, of: 0 }), weights({ axis: 0, of: 4 }), bias({ of: 2 }), state],
    outputs: [calibrated],
  },
  traits: {},
  cost: (context) => {
    const [input, feature, time] = context.inputs;
    const filters = input!.shape[0]! * feature!.shape[0]!;
    return {
      macs: filters * (feature!.shape[1]! + time!.shape[1]!),
      elementOps: filters,
      bytes: bytesTouched(context),
    };
  },
  tflite: {
    builtin: 'SVDF',
    options: 'SVDFOptions',
    fields: { rank: 'rank', activation: 'fused_activation_function' },
    version: ({ inputs: [input] }) => (input!.dtype === 'int8' ? 3 : 1),
  },
  tflm: { resolver: 'AddSvdf' },
});

function isSymmetric({ dtype, quantization }: OperandSpec): boolean {
  if (dtype === 'float32') return true;
  return quantization?.scale.length === 1 && quantization.zeroPoint[0] === 0;
}

interface Sizes {
  readonly batches: number;
  readonly filters: number;
  readonly depth: number;
  readonly length: number;
}

function sizesOf([input, feature, time]: readonly (OperandSpec | undefined)[]): Sizes {
  const [batches, depth] = input!.shape as [number, number];
  return { batches, depth, filters: feature!.shape[0]!, length: time!.shape[1]! };
}

function filterFloat({ inputs, outputs: [output], attributes }: KernelContext<SvdfAttributes>): void {
  const { batches, filters, depth, length } = sizesOf(inputs);
  const [source, feature, time, biases, memory] = inputs.map((one) => one!.data) as Float32Array[];
  const result = output!.data as Float32Array;
  const units = filters / attributes.rank;
  const [low, high] = activationBounds(attributes.activation);
  memory!.copyWithin(0, 1);
  for (let b = 0; b < batches; b++) {
    const sums = Float64Array.from(biases!);
    for (let f = 0; f < filters; f++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) sum += source![b * depth + k]! * feature![f * depth + k]!;
      const from = (b * filters + f) * length;
      memory![from + length - 1] = sum;
      for (let t = 0; t < length; t++)
        sums[Math.floor(f / attributes.rank)]! += memory![from + t]! * time![f * length + t]!;
    }
    for (let u = 0; u < units; u++) result[b * units + u] = clamp(sums[u]!, low, high);
  }
}

function filterInt8({ inputs, outputs: [output], attributes, rounding }: KernelContext<SvdfAttributes>): void {
  const { batches, filters, depth, length } = sizesOf(inputs);
  const [source, feature, time, biases, memory] = inputs.map((one) => one!.data) as Int16Array[];
  const [x, w, v, , s] = inputs.map((one) => one!.quantization) as NonNullable<OperandSpec['quantization']>[];
  const result = output!.data as Int8Array;
  const units = filters / attributes.rank;
  const [inputZero, stateZero] = [x!.zeroPoint[0]!, s!.zeroPoint[0]!];
  const { scale, zeroPoint } = output!.quantization!;
  const intoState = quantizeMultiplier((x!.scale[0]! * w!.scale[0]!) / s!.scale[0]!);
  const intoOutput = quantizeMultiplier((s!.scale[0]! * v!.scale[0]!) / scale[0]!);
  const [least, greatest] = integerRange(inputs[4]!.dtype);
  memory!.copyWithin(0, 1);
  for (let b = 0; b < batches; b++) {
    const sums = new Int32Array(units);
    for (let u = 0; u < units; u++) sums[u] = biases![u]!;
    for (let f = 0; f < filters; f++) {
      let sum = 0;
      for (let k = 0; k < depth; k++)
        sum = (sum + (source![b * depth + k]! - inputZero) * feature![f * depth + k]!) | 0;
      const from = (b * filters + f) * length;
      // The zero point is added to what has been held to the type, and wraps.
      memory![from + length - 1] =
        stateZero +
        clamp(multiplyByQuantizedMultiplier(sum, intoState.multiplier, intoState.shift, rounding), least, greatest);
      let product = 0;
      for (let t = 0; t < length; t++)
        product = (product + (memory![from + t]! - stateZero) * time![f * length + t]!) | 0;
      sums[Math.floor(f / attributes.rank)]! += product;
    }
    for (let u = 0; u < units; u++) {
      const value = multiplyByQuantizedMultiplier(sums[u]!, intoOutput.multiplier, intoOutput.shift, rounding);
      result[b * units + u] = clamp(value + zeroPoint[0]!, -128, 127);
    }
  }
}
