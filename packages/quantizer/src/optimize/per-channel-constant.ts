// Recognizes arithmetic with a constant that has one value per channel, as BatchNormalization leaves it.
import {
  elementCount,
  tensorAt,
  type FusedActivation,
  type Graph,
  type Node,
  type NodeOf,
  type TensorId,
} from '@wherry/graph';

type Arithmetic = NodeOf<'MUL'> | NodeOf<'ADD'> | NodeOf<'SUB'>;

/** x * scale + shift per channel of the last dimension, then the activation. */
export interface ChannelArithmetic {
  readonly node: Arithmetic;
  /** The operand that is not the constant. */
  readonly input: TensorId;
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  readonly activation: FusedActivation;
}

/** Undefined when the node is something else, or the constant varies along more than the last dimension. */
export function channelArithmetic(graph: Graph, node: Node): ChannelArithmetic | undefined {
  if (node.kind !== 'MUL' && node.kind !== 'ADD' && node.kind !== 'SUB') return undefined;
  const [first, second] = node.inputs as readonly [TensorId, TensorId];
  const constantSecond = tensorAt(graph, second).data !== undefined;
  // c - x also is affine, with scale -1.
  const [input, constant] = constantSecond ? [first, second] : [second, first];
  const { shape } = tensorAt(graph, input);
  const { data, shape: constantShape } = tensorAt(graph, constant);
  const channels = shape.at(-1) ?? 1;
  const perChannel =
    elementCount(constantShape) === 1 ||
    (elementCount(constantShape) === channels && constantShape.at(-1) === channels);
  if (!(data instanceof Float32Array) || !perChannel || constantShape.length > shape.length) return undefined;
  const value = (c: number): number => (data.length === 1 ? data[0]! : data[c]!);
  const values = Float64Array.from({ length: channels }, (_, c) => value(c));
  const { scale, shift } = affineForm(node.kind, values, constantSecond);
  return { node, input, scale, shift, activation: node.attributes.activation };
}

function affineForm(
  kind: Arithmetic['kind'],
  values: Float64Array,
  constantSecond: boolean,
): { readonly scale: Float64Array; readonly shift: Float64Array } {
  const ones = new Float64Array(values.length).fill(1);
  if (kind === 'MUL') return { scale: values, shift: new Float64Array(values.length) };
  if (kind === 'ADD') return { scale: ones, shift: values };
  return constantSecond
    ? { scale: ones, shift: values.map((v) => -v) }
    : { scale: ones.map((one) => -one), shift: values };
}
