// Reads the constant integer weights and bias of a layer with a filter, whatever their type.
import { dataTypes, weightedOperands, tensorAt, type Graph, type NodeOf, type Tensor } from '@wherry/graph';
import { windowPatterns, type WindowPattern } from './bounds/window-patterns.js';
import { channelsOf, isBounded } from './bounds/channel-bounds.js';

export type FilterNode = NodeOf<'CONV_2D'> | NodeOf<'DEPTHWISE_CONV_2D'> | NodeOf<'FULLY_CONNECTED'>;

/** sum(o) = bias(o) + the sum over a pattern's places and `depth` channels of weight * (value - inputZeroPoint). */
export interface IntegerLayer {
  readonly node: FilterNode;
  readonly input: Tensor;
  readonly filter: Tensor;
  readonly bias: Tensor | undefined;
  readonly output: Tensor;
  readonly inputZeroPoint: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Places of the filter; of a dense layer, the vectors of `inputs` values that it reads as one. */
  readonly places: number;
  readonly patterns: readonly WindowPattern[];
  /** Input channels that one output channel reads, the first of which is `firstInput(o)`. */
  readonly depth: number;
  readonly firstInput: (output: number) => number;
  /** Less the weights' zero point. */
  readonly weight: (output: number, place: number, channel: number) => number;
  readonly biasOf: (output: number) => number;
  /** The greatest size of a sum that the kernels are sure to hold, in any order of adding. */
  readonly limit: number;
}

/** Undefined where weights or bias are not constant integers, or are laid out in no way that is known here. */
export function integerLayer(graph: Graph, node: FilterNode): IntegerLayer | undefined {
  const tensorOf = (position: number): Tensor | undefined => {
    const id = node.inputs[position];
    return id === undefined || id === null ? undefined : tensorAt(graph, id);
  };
  const [input, filter, bias] = [tensorOf(0)!, tensorOf(1)!, tensorOf(2)];
  const output = tensorAt(graph, node.outputs[0]!);
  if (filter.data === undefined || (bias !== undefined && bias.data === undefined)) return undefined;
  if (![input, filter, output].every(isBounded) || !layoutIsKnown(node, input, filter)) return undefined;
  const { axis } = weightedOperands(node.kind)!;
  const shape = layout(node, input, filter);
  const outputs = filter.shape[axis]!;
  const { data } = filter;
  const { scale, zeroPoint } = filter.quantization!;
  // Weights with a scale per channel are symmetric to every kernel, whatever the file says.
  const weightZeroPoint = scale.length === 1 ? zeroPoint[0]! : 0;
  const indexOf = (o: number, place: number, c: number): number =>
    node.kind === 'DEPTHWISE_CONV_2D' ? place * outputs + o : (o * shape.places + place) * shape.depth + c;
  return {
    node,
    input,
    filter,
    bias,
    output,
    inputZeroPoint: input.quantization!.zeroPoint[0]!,
    inputs: channelsOf(input),
    outputs,
    ...shape,
    firstInput: (o) => Math.floor((o * shape.groups) / outputs) * shape.depth,
    weight: (o, place, c) => Number(data[indexOf(o, place, c)]) - weightZeroPoint,
    biasOf: (o) => Number(bias?.data?.[o] ?? 0),
    limit: bias?.dtype === 'int64' ? 2 ** 47 : 2 ** 31 - 1,
  };
}

function layoutIsKnown(node: FilterNode, input: Tensor, filter: Tensor): boolean {
  if (dataTypes[filter.dtype].range === undefined) return false;
  // A dense layer may read parts of what its input holds last; then a channel is no fixed place of its vectors.
  return node.kind !== 'FULLY_CONNECTED' || filter.shape[1]! % channelsOf(input) === 0;
}

interface Layout {
  readonly places: number;
  readonly depth: number;
  readonly groups: number;
  readonly patterns: readonly WindowPattern[];
}

function layout(node: FilterNode, input: Tensor, filter: Tensor): Layout {
  const inputs = channelsOf(input);
  if (node.kind === 'FULLY_CONNECTED') {
    const places = filter.shape[1]! / inputs;
    return { places, depth: inputs, groups: 1, patterns: [Array.from({ length: places }, (_, place) => place)] };
  }
  const places = filter.shape[1]! * filter.shape[2]!;
  const patterns = windowPatterns(input.shape, filter.shape, node.attributes);
  if (node.kind === 'DEPTHWISE_CONV_2D') return { places, depth: 1, groups: inputs, patterns };
  return { places, depth: filter.shape[3]!, groups: inputs / filter.shape[3]!, patterns };
}
