// FULLY_CONNECTED: vectors times a weight matrix, plus bias.
import { activationBounds, clamp, type FusedActivation } from '../arithmetic/activation.js';
import { biasTypeDefaults, biasTypeFields, wideBias, type BiasTyped } from '../arithmetic/bias-type.js';
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { centred } from '../arithmetic/centred.js';
import { quantizeAsymmetric, quantizeEach, quantizeSymmetric } from '../arithmetic/dynamic-range.js';
import { dotRowsFloat, dotRowsInt16, dotRowsInt8 } from '../arithmetic/dot-rows.js';
import { filterRules, isPerChannel } from '../arithmetic/filter-rules.js';
import { matrixPatches } from '../arithmetic/multiplied-patches.js';
import { hybridOutput } from '../arithmetic/hybrid-output.js';
import { rowRequantizer } from '../arithmetic/requantize.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { wideRowRequantizer } from '../arithmetic/wide-requantize.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, bias, calibrated, weights } from '../operand-role.js';
import { elementCount } from '../shape.js';

export interface FullyConnectedAttributes extends BiasTyped {
  readonly activation: FusedActivation;
  /** The output keeps the input's leading dimensions instead of counting all of them into one. */
  readonly keepNumDims: boolean;
  /** Of real activations with integer weights: they are quantized with a zero point while it runs. */
  readonly asymmetricQuantizeInputs: boolean;
}

export const fullyConnected = defineOperator<'FULLY_CONNECTED', FullyConnectedAttributes>({
  kind: 'FULLY_CONNECTED',
  summary: 'Vectors of the input times weights [units,depth], with an optional bias [units]',
  arity: { inputs: [2, 3], outputs: 1 },
  defaults: { activation: 'NONE', keepNumDims: false, asymmetricQuantizeInputs: false, ...biasTypeDefaults },
  requires: [
    {
      sentence: 'the weights have 2 dimensions, units and depth, and the depth is not 0',
      holds: ({ inputs: [, weights] }) => weights!.shape.length === 2 && weights!.shape[1]! > 0,
    },
    {
      sentence: 'the input holds whole vectors of that depth',
      holds: ({ inputs: [input, weights] }) => elementCount(input!.shape) % weights!.shape[1]! === 0,
    },
    {
      sentence: 'the last input dimension is the depth where the number of dimensions is kept',
      holds: ({ inputs: [input, weights], attributes }) =>
        !attributes.keepNumDims || input!.shape.at(-1) === weights!.shape[1],
    },
    ...filterRules(0),
    symmetricInt16,
    {
      sentence: 'the zero points of the weights are 0 where the input is int16 or float32',
      holds: ({ inputs: [input, weights] }) =>
        (input!.dtype !== 'int16' && input!.dtype !== 'float32') ||
        (weights!.quantization?.zeroPoint ?? []).every((z) => z === 0),
    },
  ],
  infer: ({ inputs: [input, weights], attributes }) => {
    const [units, depth] = weights!.shape as [number, number];
    const leading = attributes.keepNumDims ? input!.shape.slice(0, -1) : [elementCount(input!.shape) / depth];
    return [{ shape: [...leading, units], dtype: input!.dtype }];
  },
  kernels: { float: multiplyFloat, int8: multiplyInt8, int16: multiplyInt16, hybrid: multiplyHybrid },
  // XNNPACK takes a zero point whatever the file says, and without one rectified activations use half of the integers.
  hybridAttributes: { asymmetricQuantizeInputs: true },
  quantization: { operands: [activation, weights({ axis: 0, of: 0 }), bias({ of: 1 })], outputs: [calibrated] },
  traits: { acceptsFusedActivation: true },
  patches: ({ data }, [, depth]) => matrixPatches(data, depth!),
  cost: (context) => {
    const outputs = elementCount(context.outputs[0]!.shape);
    return { macs: outputs * context.inputs[1]!.shape[1]!, elementOps: outputs, bytes: bytesTouched(context) };
  },
  tflite: {
    builtin: 'FULLY_CONNECTED',
    options: 'FullyConnectedOptions',
    fields: {
      activation: 'fused_activation_function',
      keepNumDims: 'keep_num_dims',
      asymmetricQuantizeInputs: 'asymmetric_quantize_inputs',
      ...biasTypeFields,
    },
    version: ({ attributes, inputs }) => {
      const isHybrid = inputs[0]!.dtype === 'float32' && inputs[1]!.dtype === 'int8';
      if (isHybrid && isPerChannel(inputs[1]!, 0)) return 12;
      if (inputs[0]!.dtype === 'int16') return 11;
      if (inputs[2] === undefined) return 6;
      if (attributes.keepNumDims) return 5;
      if (isHybrid) return attributes.asymmetricQuantizeInputs ? 9 : 3;
      if (inputs[0]!.dtype !== 'int8') return 1;
      return inputs[1]!.dtype === 'int4' ? 10 : 4;
    },
  },
  tflm: { resolver: 'AddFullyConnected' },
});

function multiplyFloat({
  inputs: [input, filter, bias],
  outputs: [output],
  attributes,
}: KernelContext<FullyConnectedAttributes>): void {
  const weights = filter!.data as Float32Array;
  const source = input!.data as Float32Array;
  const result = output!.data as Float32Array;
  const [units, depth] = filter!.shape as [number, number];
  const biases = (bias?.data as Float32Array | undefined) ?? new Float32Array(units);
  const [low, high] = activationBounds(attributes.activation);
  const sums = new Float64Array(units);
  for (let from = 0, at = 0; from < source.length; from += depth, at += units) {
    dotRowsFloat(sums, source, from, depth, weights, 0, units);
    for (let r = 0; r < units; r++) result[at + r] = clamp(sums[r]! + biases[r]!, low, high);
  }
}

function multiplyInt8(context: KernelContext<FullyConnectedAttributes>): void {
  const {
    inputs: [input, filter, bias],
    outputs: [output],
    attributes,
    rounding,
  } = context;
  const weights = filter!.data as Int8Array;
  const [units, depth] = filter!.shape as [number, number];
  const source = centred(input!.data as Int8Array, input!.quantization!.zeroPoint[0]!);
  const perChannel = filter!.quantization!.scale.length > 1;
  // The runtime's per-channel kernel takes the weights as symmetric.
  const weightZeroPoint = perChannel ? 0 : filter!.quantization!.zeroPoint[0]!;
  const requantize = rowRequantizer({
    input: input!,
    weights: filter!,
    output: output!,
    activation: attributes.activation,
    rounding,
    bias: (bias?.data as Int32Array | undefined) ?? new Int32Array(units),
  });
  const sums = new Int32Array(units);
  for (let from = 0, at = 0; from < source.length; from += depth, at += units) {
    dotRowsInt8(sums, source, from, depth, weights, 0, units);
    if (weightZeroPoint !== 0) {
      let inputs = 0;
      for (let k = from; k < from + depth; k++) inputs += source[k]!;
      for (let r = 0; r < units; r++) sums[r]! -= Math.imul(weightZeroPoint, inputs);
    }
    requantize(sums, 0, units, output!.data as Int8Array, at);
  }
}

function multiplyInt16({
  inputs: [input, filter, bias],
  outputs: [output],
  attributes,
  rounding,
}: KernelContext<FullyConnectedAttributes>): void {
  const source = input!.data as Int16Array;
  const [units, depth] = filter!.shape as [number, number];
  const requantize = wideRowRequantizer({
    input: input!,
    weights: filter!,
    output: output!,
    activation: attributes.activation,
    rounding,
    scaling: 'real',
    bias: wideBias(bias, units, attributes),
  });
  const sums = new Float64Array(units);
  for (let from = 0, at = 0; from < source.length; from += depth, at += units) {
    dotRowsInt16(sums, source, from, depth, filter!.data as Int8Array, 0, units);
    requantize(sums, 0, units, output!.data as Int16Array, at);
  }
}

function multiplyHybrid({
  inputs: [input, filter, bias],
  outputs: [output],
  attributes,
}: KernelContext<FullyConnectedAttributes>): void {
  const [units, depth] = filter!.shape as [number, number];
  const vectors = input!.data.length / depth;
  const quantize = attributes.asymmetricQuantizeInputs ? quantizeAsymmetric : quantizeSymmetric;
  const { centred, scales } = quantizeEach(input!.data as Float32Array, vectors, quantize);
  const write = hybridOutput(filter!, bias, attributes.activation);
  const sums = new Int32Array(units);
  for (let v = 0; v < vectors; v++) {
    dotRowsInt8(sums, centred, v * depth, depth, filter!.data as Int8Array, 0, units);
    write(sums, scales[v]!, 0, units, output!.data as Float32Array, v * units);
  }
}
