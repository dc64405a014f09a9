// Reads and rewrites the constant weights and bias of a convolution or fully connected node.
import {
  type GraphEditor,
  tensorAt,
  weightedOperands,
  type Graph,
  type Node,
  type Shape,
  type TensorId,
} from '@wherry/graph';

/** The constants of one weighted node, in C order. */
export interface WeightedLayer {
  readonly node: Node;
  readonly shape: Shape;
  readonly weights: Float32Array;
  /** One value per output channel; zeros where the layer has none. */
  readonly bias: Float32Array;
  /** Axis of the output channels in `shape`. */
  readonly axis: number;
  readonly channels: number;
  /** Weights that stand together and belong to one output channel. */
  readonly run: number;
}

/** Undefined for nodes without constant float weights. */
export function weightedLayer(graph: Graph, node: Node): WeightedLayer | undefined {
  const operands = weightedOperands(node.kind);
  if (operands?.bias === undefined) return undefined;
  const { axis } = operands;
  const filter = tensorAt(graph, node.inputs[operands.weights]!);
  const biasId = node.inputs[operands.bias];
  const biasTensor = biasId === null || biasId === undefined ? undefined : tensorAt(graph, biasId);
  if (
    !(filter.data instanceof Float32Array) ||
    (biasTensor !== undefined && !(biasTensor.data instanceof Float32Array))
  )
    return undefined;
  const channels = filter.shape[axis]!;
  return {
    node,
    shape: filter.shape,
    weights: filter.data,
    axis,
    channels,
    run: filter.shape.slice(axis + 1).reduce((product, dimension) => product * dimension, 1),
    bias: (biasTensor?.data as Float32Array | undefined) ?? new Float32Array(channels),
  };
}

/** Output channels are counted by the last dimension: each reads one input channel. */
export function isDepthwise({ axis, shape }: Pick<WeightedLayer, 'axis' | 'shape'>): boolean {
  return axis === shape.length - 1;
}

/** Index of the output channel that weight `i` belongs to. */
export function channelOf({ run, channels }: WeightedLayer, i: number): number {
  return Math.floor(i / run) % channels;
}

/** The weights, each times the factor of its output channel, rounded once. */
export function scaledRows(layer: WeightedLayer, factors: ArrayLike<number>): Float32Array {
  const weights = new Float32Array(layer.weights.length);
  for (let i = 0; i < weights.length; i++) weights[i] = layer.weights[i]! * factors[channelOf(layer, i)]!;
  return weights;
}

/** Input channel that weight `i` multiplies, of `inputs` in all; a dense layer may read places of `inputs` channels each. */
export function inputChannelOf(layer: WeightedLayer, i: number, inputs: number): number {
  const last = layer.shape.at(-1)!;
  const channel = channelOf(layer, i);
  // `multiplier` outputs per input channel.
  if (isDepthwise(layer)) return Math.floor(channel / (layer.channels / inputs));
  if (last >= inputs) return i % inputs;
  const groups = inputs / last;
  return Math.floor((channel * groups) / layer.channels) * last + (i % last);
}

/** A copy of the node with other constants and, if given, other activation inputs or outputs. */
export function withWeights(
  editor: GraphEditor,
  layer: WeightedLayer,
  change: {
    readonly weights?: Float32Array;
    readonly bias?: Float32Array;
    readonly input?: TensorId;
    readonly outputs?: readonly TensorId[];
  },
): Node {
  const { node } = layer;
  const { weights, bias, activation } = weightedOperands(node.kind)!;
  const inputs = [...node.inputs];
  while (inputs.length <= bias!) inputs.push(null);
  if (change.input !== undefined) inputs[activation] = change.input;
  if (change.weights !== undefined) {
    inputs[weights] = editor.addTensor({
      name: `${node.origin}/weights`,
      shape: layer.shape,
      dtype: 'float32',
      data: change.weights,
    });
  }
  if (change.bias !== undefined) {
    inputs[bias!] = editor.addTensor({
      name: `${node.origin}/bias`,
      shape: [layer.channels],
      dtype: 'float32',
      data: change.bias,
    });
  }
  return { ...node, inputs, outputs: change.outputs ?? node.outputs };
}
