// An int8 convolution or fully connected layer through float arithmetic: fast, and the same integers as the reference.
import {
  elementCount, operatorOf, tensorAt,
  type Graph, type Node, type NodeOf, type Operand, type Tensor,
} from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { tensorRequantizer, type TensorRequantizer } from './fast-requantizer.js';
import { lowerConv2d, lowerDepthwise, lowerFullyConnected } from './lowering/convolution.js';
import type { LoweringContext, Step } from './lowering/lowering.js';
import { viewOf } from './tensor-view.js';

type WeightedNode = NodeOf<'CONV_2D'> | NodeOf<'DEPTHWISE_CONV_2D'> | NodeOf<'FULLY_CONNECTED'>;

const { abs } = Math;

/** float32 holds every integer up to here, so sums that stay below are exact in any order. */
const exactLimit = 2 ** 24;

/** Greatest magnitude of an int8 input minus its zero point. */
const greatestInput = 255;

export type IntegerStep = (input: Int8Array, output: Int8Array) => void;

/**
 * Undefined when the node is not an int8 layer with constant symmetric weights, or when some accumulator could leave the
 * integers that float32 holds; the reference kernel then has to do it. Rounds as the device does.
 */
export function integerStep(tf: typeof Tfjs, graph: Graph, node: Node, keep: LoweringContext['keep']): IntegerStep | undefined {
  if (node.kind !== 'CONV_2D' && node.kind !== 'DEPTHWISE_CONV_2D' && node.kind !== 'FULLY_CONNECTED') return undefined;
  const [input, weights, bias] = node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id)));
  if (input?.dtype !== 'int8' || input.data !== undefined || !isSymmetric(weights) || (bias !== undefined && bias.data === undefined)) return undefined;
  const output = tensorAt(graph, node.outputs[0]!);
  const floatWeights = new Float32Array(weights.data as Int8Array);
  const axis = operatorOf(node.kind).quantization.weights!.axis;
  const channels = weights.shape[axis]!;
  if (greatestSum(weights.shape, axis, floatWeights) >= exactLimit) return undefined;
  const twin = floatTwin(tf, graph, node, keep, { ...weights, dtype: 'float32', quantization: undefined, data: floatWeights });
  if (twin === 'reference') return undefined;
  const requantize = requantizerOf(node, { input, weights, output, bias }, channels);
  const zeroPoint = input.quantization!.zeroPoint[0]!;
  const centered = new Float32Array(elementCount(input.shape));
  return (values, result) => {
    for (let i = 0; i < values.length; i++) centered[i] = values[i]! - zeroPoint;
    const sumsOfProducts = tf.tidy(() => twin([tf.tensor(centered, [...input.shape]), undefined, undefined]) as Tfjs.Tensor);
    // Read outside of the tidy: it would look for tensors in every element of an array that it is given back.
    requantize(viewOf(tf, sumsOfProducts) as Float32Array, result);
    sumsOfProducts.dispose();
  };
}

function isSymmetric(weights: Tensor | undefined): weights is Tensor {
  return weights?.dtype === 'int8' && weights.data !== undefined && weights.quantization!.zeroPoint.every((zeroPoint) => zeroPoint === 0);
}

function requantizerOf(
  node: WeightedNode,
  operands: { readonly input: Tensor; readonly weights: Tensor; readonly output: Tensor; readonly bias: Tensor | undefined },
  channels: number,
): TensorRequantizer {
  const { input, weights, output, bias } = operands;
  return tensorRequantizer({
    input, weights, output: output satisfies Omit<Operand, 'data'>, activation: node.attributes.activation, rounding: 'double',
    bias: (bias?.data as Int32Array | undefined) ?? new Int32Array(channels),
  });
}

function greatestSum(shape: readonly number[], axis: number, weights: Float32Array): number {
  const channels = shape[axis]!;
  const inner = elementCount(shape.slice(axis + 1));
  const sums = new Float64Array(channels);
  for (let start = 0, channel = 0; start < weights.length; start += inner, channel = channel + 1 === channels ? 0 : channel + 1) {
    let sum = 0;
    for (let i = start; i < start + inner; i++) sum += abs(weights[i]!);
    sums[channel]! += greatestInput * sum;
  }
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}

/** The same layer on float tensors, without bias and activation: both belong to the integers. */
function floatTwin(tf: typeof Tfjs, graph: Graph, node: WeightedNode, keep: LoweringContext['keep'], weights: Tensor): Step | 'reference' {
  const asFloat = (id: number): Tensor => ({ ...tensorAt(graph, id), dtype: 'float32', quantization: undefined, data: undefined });
  const context: LoweringContext = { tf, keep, inputs: [asFloat(node.inputs[0]!), weights, undefined], outputs: node.outputs.map(asFloat) };
  switch (node.kind) {
    case 'CONV_2D':
      return lowerConv2d({ ...node, attributes: { ...node.attributes, activation: 'NONE' } }, context);
    case 'DEPTHWISE_CONV_2D':
      return lowerDepthwise({ ...node, attributes: { ...node.attributes, activation: 'NONE' } }, context);
    case 'FULLY_CONNECTED':
      return lowerFullyConnected({ ...node, attributes: { ...node.attributes, activation: 'NONE' } }, context);
  }
}
