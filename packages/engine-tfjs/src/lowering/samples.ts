// Which nodes may compute many samples at once: those that do to every slice of dimension 0 what they would do to it alone.
import { elementCount, positionsOf, positiveAxis, sameShape, type Node, type NodeOf, type OpKind } from '@wherry/graph';
import type { Tensor } from '@wherry/graph';

/** An operand for one sample. What flows has the samples along dimension 0, one behind the other; the rest is the same for all. */
export interface SampleOperand extends Tensor {
  readonly flows: boolean;
}

interface Samples {
  readonly inputs: readonly (SampleOperand | undefined)[];
  readonly output: Tensor;
}

type Rule<K extends OpKind> = (node: NodeOf<K>, samples: Samples) => boolean;

/** Along dimension 0 there is nothing but samples that do not see each other; the order of the elements is theirs. */
const always = (): boolean => true;
/** On the plain kernels, which know the graph's own shapes only. */
const never = (): boolean => false;

/** Every operand has as many leading slices as the output if it flows, and one for all if it does not. */
const broadcast = (_: unknown, { inputs, output }: Samples): boolean =>
  inputs.every((operand) => {
    const { shape, flows } = operand!;
    const isWhole = shape.length === output.shape.length;
    return flows ? isWhole && shape[0] === output.shape[0] : !isWhole || shape[0] === 1;
  });

/** Dimension 0 is not the one that softmax sums along. */
const inner = (_: unknown, { output }: Samples): boolean => output.shape.length > 1;

const constants = (operand: SampleOperand | undefined): number[] => Array.from(operand!.data!, Number);

const reduced = (_: unknown, { inputs: [input, axes] }: Samples): boolean =>
  constants(axes).every((axis) => positiveAxis(axis, input!.shape.length) !== 0);

/** `rank`: of the tensor that the axis counts in. Whatever is joined flows, so that there is one for each sample. */
const joined = (axis: number, rank: number, inputs: readonly (SampleOperand | undefined)[]): boolean =>
  positiveAxis(axis, rank) !== 0 && inputs.every((input) => input!.flows);

const product = (_: unknown, { inputs: [a, b] }: Samples): boolean => {
  const [first, second] = [a!.shape.slice(0, -2), b!.shape.slice(0, -2)];
  if (first.length === 0 || second.length === 0) return false;
  return a!.flows && b!.flows ? sameShape(first, second) : elementCount(a!.flows ? second : first) === 1;
};

const rules: { readonly [K in OpKind]: Rule<K> } = {
  ABS: always,
  ADD: broadcast,
  AVERAGE_POOL_2D: always,
  BATCH_MATMUL: product,
  CAST: never,
  CONCATENATION: ({ attributes: { axis } }, { inputs, output }) => joined(axis, output.shape.length, inputs),
  CONV_2D: always,
  DEPTHWISE_CONV_2D: always,
  DEQUANTIZE: never,
  DIV: broadcast,
  ELU: always,
  EXP: always,
  EXPAND_DIMS: always,
  FULLY_CONNECTED: always,
  GATHER: never,
  GELU: always,
  HARD_SWISH: always,
  LEAKY_RELU: always,
  LOG: always,
  LOGISTIC: always,
  MAXIMUM: broadcast,
  MAX_POOL_2D: always,
  MEAN: reduced,
  MINIMUM: broadcast,
  MUL: broadcast,
  PACK: ({ attributes: { axis } }, { inputs, output }) => joined(axis, output.shape.length, inputs),
  PAD: (_, { inputs: [, paddings] }) => constants(paddings)[0] === 0 && constants(paddings)[1] === 0,
  PADV2: never,
  PRELU: broadcast,
  QUANTIZE: never,
  RELU: always,
  RELU6: always,
  RESHAPE: always,
  RESIZE_BILINEAR: never,
  RESIZE_NEAREST_NEIGHBOR: never,
  RSQRT: always,
  SHAPE: never,
  SLICE: (_, { inputs: [input, begin], output }) => constants(begin)[0] === 0 && output.shape[0] === input!.shape[0],
  SOFTMAX: inner,
  SPLIT: (_, { inputs: [axis, input] }) => positiveAxis(constants(axis)[0]!, input!.shape.length) !== 0,
  SQUARED_DIFFERENCE: broadcast,
  SQUEEZE: always,
  STRIDED_SLICE: never,
  SUB: broadcast,
  SUM: reduced,
  SVDF: never,
  TANH: always,
  TOPK_V2: never,
  TRANSPOSE: (_, { inputs: [, order] }) => constants(order)[0] === 0,
  TRANSPOSE_CONV: always,
  UNIDIRECTIONAL_SEQUENCE_LSTM: never,
  UNPACK: ({ attributes: { axis } }, { inputs: [input] }) => positiveAxis(axis, input!.shape.length) !== 0,
};

/** True where the node on all samples at once gives, one behind the other, what it gives on each of them. */
export function computesSamplesAtOnce(
  node: Node,
  inputs: readonly (SampleOperand | undefined)[],
  outputs: readonly Tensor[],
): boolean {
  const ofAll = [...positionsOf(node, 'weights'), ...positionsOf(node, 'bias')];
  if (ofAll.some((position) => inputs[position]?.flows === true)) return false;
  // Of a single number there is no dimension for the samples.
  const flowing = [...inputs.filter((operand) => operand?.flows), ...outputs];
  if (flowing.some((tensor) => tensor!.shape.length === 0)) return false;
  return (rules[node.kind] as Rule<Node['kind']>)(node, { inputs, output: outputs[0]! });
}
