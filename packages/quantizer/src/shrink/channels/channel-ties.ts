// Which channels of the tensors around a node can only go together. Operators without a rule keep all of theirs.
import { dataTypes, tensorAt, type Graph, type Node, type OpKind, type Tensor, type TensorId } from '@wherry/graph';
import { channelsOf } from '../bounds/channel-bounds.js';

/**
 * One tensor of a node: channel c belongs to class `classOf(c)`. The channels of a class, over all tensors of the node, stay
 * or go as one.
 */
export interface TiedTensor {
  readonly id: TensorId;
  readonly classOf: (channel: number) => number;
}

/**
 * `pinned`: nothing around the node may go. `filter`: a layer whose input and output channels go one by one, if its arithmetic
 * allows it.
 */
export type Ties = 'pinned' | 'filter' | readonly TiedTensor[];

type TieRule = (graph: Graph, node: Node) => Ties;

const pinned: TieRule = () => 'pinned';
const identity = (channel: number): number => channel;

export const channelTies: { readonly [K in OpKind]: TieRule } = {
  ABS: alike,
  ADD: alike,
  AVERAGE_POOL_2D: alike,
  BATCH_MATMUL: pinned,
  CAST: pinned,
  CONCATENATION: joined,
  CONV_2D: filtered,
  DEPTHWISE_CONV_2D: multiplied,
  DEQUANTIZE: pinned,
  DIV: pinned,
  ELU: alike,
  EXP: alike,
  EXPAND_DIMS: reshaped,
  FULLY_CONNECTED: () => 'filter',
  GATHER: pinned,
  GELU: alike,
  HARD_SWISH: alike,
  LEAKY_RELU: alike,
  LOG: alike,
  LOGISTIC: alike,
  MAXIMUM: alike,
  MAX_POOL_2D: alike,
  MEAN: reducedElsewhere,
  MINIMUM: alike,
  MUL: alike,
  PACK: pinned,
  PAD: paddedElsewhere,
  PADV2: paddedElsewhere,
  PRELU: pinned,
  QUANTIZE: alike,
  RELU: alike,
  RELU6: alike,
  RESHAPE: reshaped,
  RESIZE_BILINEAR: alike,
  RESIZE_NEAREST_NEIGHBOR: alike,
  RSQRT: alike,
  SHAPE: pinned,
  SLICE: pinned,
  SOFTMAX: pinned,
  SPLIT: pinned,
  SQUARED_DIFFERENCE: alike,
  SQUEEZE: reshaped,
  STRIDED_SLICE: pinned,
  SUB: alike,
  SUM: reducedElsewhere,
  SVDF: pinned,
  TANH: alike,
  TOPK_V2: pinned,
  TRANSPOSE: transposed,
  TRANSPOSE_CONV: pinned,
  UNIDIRECTIONAL_SEQUENCE_LSTM: pinned,
  UNPACK: pinned,
};

/** Channel by channel. An operand of one channel for all of them has no part in it; constants are cut to what is left. */
function alike(graph: Graph, node: Node): Ties {
  const channels = channelsOf(tensorAt(graph, node.outputs[0]!));
  const tied: TiedTensor[] = node.outputs.map((id) => ({ id, classOf: identity }));
  for (const id of activationsOf(graph, node)) {
    const own = channelsOf(tensorAt(graph, id));
    if (own === channels) tied.push({ id, classOf: identity });
    else if (own !== 1) return 'pinned';
    // The only channel is read whatever is left of the others: it is a class of its own, which always stays.
    else tied.push({ id, classOf: () => -1 });
  }
  return tied;
}

function joined(graph: Graph, node: Node): Ties {
  if (node.kind !== 'CONCATENATION') return 'pinned';
  const rank = tensorAt(graph, node.outputs[0]!).shape.length;
  const axis = node.attributes.axis < 0 ? node.attributes.axis + rank : node.attributes.axis;
  if (axis !== rank - 1) return alike(graph, node);
  const tied: TiedTensor[] = [{ id: node.outputs[0]!, classOf: identity }];
  let offset = 0;
  for (const id of node.inputs) {
    const tensor = tensorAt(graph, id!);
    const from = offset;
    if (tensor.data === undefined) tied.push({ id: id!, classOf: (channel) => from + channel });
    offset += channelsOf(tensor);
  }
  return tied;
}

/** Groups read different channels each; there is no leaving out one of them. */
function filtered(graph: Graph, { inputs: [input, filter] }: Node): Ties {
  return tensorAt(graph, input!).shape[3] === tensorAt(graph, filter!).shape[3] ? 'filter' : 'pinned';
}

function multiplied(graph: Graph, node: Node): Ties {
  const [input, output] = [tensorAt(graph, node.inputs[0]!), tensorAt(graph, node.outputs[0]!)];
  if (!isConstantLayer(graph, node)) return 'pinned';
  const multiplier = channelsOf(output) / channelsOf(input);
  return [
    { id: node.inputs[0]!, classOf: identity },
    { id: node.outputs[0]!, classOf: (channel) => Math.floor(channel / multiplier) },
  ];
}

/** Values keep their order, so that a channel of one shape is every so manieth of the other. */
function reshaped(graph: Graph, node: Node): Ties {
  const [input, output] = [tensorAt(graph, node.inputs[0]!), tensorAt(graph, node.outputs[0]!)];
  const shape = node.inputs[1];
  if (shape !== undefined && shape !== null && tensorAt(graph, shape).data === undefined) return 'pinned';
  const [before, after] = [channelsOf(input), channelsOf(output)];
  const period = Math.min(before, after);
  if (before % period !== 0 || after % period !== 0) return 'pinned';
  return [node.inputs[0]!, node.outputs[0]!].map((id) => ({ id, classOf: (channel) => channel % period }));
}

function reducedElsewhere(graph: Graph, node: Node): Ties {
  const axes = constantOperand(graph, node, 1);
  const { length: rank } = tensorAt(graph, node.inputs[0]!).shape;
  return axes === undefined || axes.some((axis) => axis === rank - 1 || axis === -1) ? 'pinned' : alike(graph, node);
}

function paddedElsewhere(graph: Graph, node: Node): Ties {
  const paddings = constantOperand(graph, node, 1);
  return paddings?.at(-1) === 0 && paddings.at(-2) === 0 ? alike(graph, node) : 'pinned';
}

function transposed(graph: Graph, node: Node): Ties {
  const order = constantOperand(graph, node, 1);
  const last = tensorAt(graph, node.inputs[0]!).shape.length - 1;
  return order?.at(-1) === last || order?.at(-1) === -1 ? alike(graph, node) : 'pinned';
}

/** What a node reads that is no constant. */
export function activationsOf(graph: Graph, node: Node): readonly TensorId[] {
  return node.inputs.filter((id): id is TensorId => id !== null && tensorAt(graph, id).data === undefined);
}

function constantOperand(graph: Graph, node: Node, position: number): readonly number[] | undefined {
  const id = node.inputs[position];
  const data = id === null || id === undefined ? undefined : tensorAt(graph, id).data;
  return data === undefined ? undefined : Array.from(data, Number);
}

function isConstantLayer(graph: Graph, { inputs: [, filter, bias] }: Node): boolean {
  const isConstant = (tensor: Tensor): boolean =>
    tensor.data !== undefined && dataTypes[tensor.dtype].range !== undefined;
  return (
    isConstant(tensorAt(graph, filter!)) &&
    (bias === null || bias === undefined || tensorAt(graph, bias).data !== undefined)
  );
}
