// What an int8 layer with weights has to be for the kernels, and its scaling.
import {
  elementCount,
  fixedPointScales,
  quantizedActivationBounds,
  tensorAt,
  weightedOperands,
  type Graph,
  type NodeOf,
  type Tensor,
} from '@wherry/graph';
import { packScaling } from './pack-scaling.js';
import { remembered, type Memory } from './remembered.js';

type WeightedNode = NodeOf<'CONV_2D'> | NodeOf<'DEPTHWISE_CONV_2D'> | NodeOf<'FULLY_CONNECTED'>;

export interface Int8Layer {
  readonly input: Tensor;
  readonly weights: Tensor & { readonly data: Int8Array };
  readonly output: Tensor;
  /** Of the output. */
  readonly channels: number;
  readonly inputZeroPoint: number;
  /** Of all output channels, as `packScaling` gives it. */
  readonly scaling: Int32Array;
}

/** Greatest magnitude of an int8 input minus its zero point. */
const greatestInput = 255;

/**
 * Undefined when the node is not an int8 layer with constant symmetric weights, or out of the kernels' range. `groups`: of
 * channels whose blocks are filled up each on their own.
 */
export function int8Layer(graph: Graph, node: WeightedNode, groups = 1): Int8Layer | undefined {
  const [input, weights, bias] = node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id)));
  const output = tensorAt(graph, node.outputs[0]!);
  if (input?.dtype !== 'int8' || output.dtype !== 'int8' || !isSymmetric(weights)) return undefined;
  if (bias !== undefined && !(bias.data instanceof Int32Array)) return undefined;
  const { axis } = weightedOperands(node.kind)!;
  const channels = weights.shape[axis]!;
  const biases = bias?.data instanceof Int32Array ? bias.data : new Int32Array(channels);
  const scaling = packScaling({
    scales: fixedPointScales({ input, weights, output, bias: biases }),
    bias: biases,
    zeroPoint: output.quantization!.zeroPoint[0]!,
    bounds: quantizedActivationBounds(node.attributes.activation, 'int8', output.quantization!),
    groupChannels: channels / groups,
    greatestSum: greatestSum(weights, axis, biases),
  });
  return scaling && { input, weights, output, channels, inputZeroPoint: input.quantization!.zeroPoint[0]!, scaling };
}

function isSymmetric(weights: Tensor | undefined): weights is Int8Layer['weights'] {
  return weights?.data instanceof Int8Array && weights.quantization!.zeroPoint.every((zeroPoint) => zeroPoint === 0);
}

function greatestSum({ shape, data }: Int8Layer['weights'], axis: number, bias: Int32Array): number {
  const sums = remembered(magnitudes, data, `${shape.join(' ')} along ${axis}`, () =>
    channelMagnitudes(data, shape, axis),
  );
  let greatest = 0;
  for (let channel = 0; channel < bias.length; channel++)
    greatest = Math.max(greatest, Math.abs(bias[channel]!) + greatestInput * sums[channel]!);
  return greatest;
}

const magnitudes: Memory<Float64Array> = new WeakMap();

/** Sum of the magnitudes of each channel's weights. */
function channelMagnitudes(data: Int8Array, shape: readonly number[], axis: number): Float64Array {
  const sums = new Float64Array(shape[axis]!);
  const inner = elementCount(shape.slice(axis + 1));
  for (
    let start = 0, channel = 0;
    start < data.length;
    start += inner, channel = channel + 1 === sums.length ? 0 : channel + 1
  ) {
    let sum = 0;
    for (let i = start; i < start + inner; i++) sum += Math.abs(data[i]!);
    sums[channel]! += sum;
  }
  return sums;
}
