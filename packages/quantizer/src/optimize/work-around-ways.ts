// The ways around a runtime's fault: what takes a node's place, with the same numbers at its outputs.
import {
  elementCount,
  operatorOf,
  operators,
  type AttributesOf,
  type Node,
  type OpKind,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import type { Workaround } from '@wherry/profiles';

/** What takes a node's place, and what computes its outputs among it; new tensors are appended. Null: it cannot be done. */
type Change = (tensors: Tensor[], node: Node) => { readonly nodes: readonly Node[]; readonly itself: Node } | null;

interface Way {
  readonly change: Change;
  /** What was done, with the node before it and its fault behind. */
  readonly done: string;
}

/** `none` is left as it is: whoever holds the graph against the kernel table refuses it. */
export const ways: { readonly [W in Workaround]: Way | null } = {
  rows: { change: overRows, done: 'put on rows by a RESHAPE before and after it' },
  reshape: { change: asReshape, done: 'written as a RESHAPE' },
  activation: { change: withoutActivation, done: 'given its activation as an operator of its own' },
  transpose: { change: overTransposes, done: 'given its matrices by a TRANSPOSE' },
  none: null,
};

/** The node on [rows, last dimension]: what works along the last dimension computes the same there. */
function overRows(tensors: Tensor[], node: Node): ReturnType<Change> {
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  const inRows = addRows(tensors, input);
  const outRows = addRows(tensors, output);
  const itself: Node = { ...node, inputs: [inRows, ...node.inputs.slice(1)], outputs: [outRows] };
  return { itself, nodes: [reshape(tensors, node, input, inRows), itself, reshape(tensors, node, outRows, output)] };
}

/** The axis or the list of dimensions that told the shape is left behind. */
function asReshape(tensors: Tensor[], node: Node): ReturnType<Change> {
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  if (operatorOf(node.kind).traits.sameBytes !== true) return null;
  const itself = reshape(tensors, node, input, output);
  return { itself, nodes: [itself] };
}

const ownOperators = { RELU: 'RELU', RELU6: 'RELU6' } as const;

/** What the node gives before it is bounded has the scale of what it gives then, so that only the bounds are left to do. */
function withoutActivation(tensors: Tensor[], node: Node): ReturnType<Change> {
  const { activation } = node.attributes as { readonly activation?: string };
  if (activation === undefined || !(activation in ownOperators)) return null;
  const kind = ownOperators[activation as keyof typeof ownOperators];
  const output = node.outputs[0]!;
  const free = add(tensors, { ...tensors[output]!, name: `${tensors[output]!.name}/free` });
  const attributes = { ...node.attributes, activation: 'NONE' } as typeof node.attributes;
  const bounded = nodeOf(kind, {}, [free], output, node);
  return { itself: bounded, nodes: [{ ...node, attributes, outputs: [free] } as Node, bounded] };
}

/** Of a product whose options say that a matrix is read with rows and columns exchanged. A constant would have to be another one. */
function overTransposes(tensors: Tensor[], node: Node): ReturnType<Change> {
  if (node.kind !== 'BATCH_MATMUL') return null;
  const { adjX, adjY } = node.attributes;
  const before: Node[] = [];
  const inputs = node.inputs.map((id, position) => {
    if (id === null || !(position === 0 ? adjX : adjY)) return id;
    const turned = transpose(tensors, node, id);
    before.push(turned);
    return turned.outputs[0]!;
  });
  const read = node.inputs.map((id) => tensors[id!]!);
  if (before.length === 0 || read.some(({ data }) => data !== undefined)) return null;
  const itself: Node = { ...node, attributes: { adjX: false, adjY: false }, inputs };
  return { itself, nodes: [...before, itself] };
}

/** The last two dimensions exchanged. */
function transpose(tensors: Tensor[], node: Node, id: TensorId): Node {
  const { shape, ...tensor } = tensors[id]!;
  const order = shape.map((_, dimension) => dimension);
  const [rows, columns] = [order.length - 2, order.length - 1];
  [order[rows], order[columns]] = [columns, rows];
  const turned = order.map((dimension) => shape[dimension]!);
  const data = Int32Array.from(order);
  const wanted = add(tensors, { name: `${tensor.name}/order`, shape: [order.length], dtype: 'int32', data });
  const output = add(tensors, { ...tensor, name: `${tensor.name}/turned`, shape: turned });
  return nodeOf('TRANSPOSE', {}, [id, wanted], output, node);
}

function nodeOf<K extends OpKind>(
  kind: K,
  attributes: Partial<AttributesOf<K>>,
  inputs: readonly TensorId[],
  output: TensorId,
  { origin }: Node,
): Node {
  return {
    kind,
    attributes: { ...operators[kind].defaults, ...attributes },
    inputs,
    outputs: [output],
    origin,
  } as Node;
}

function addRows(tensors: Tensor[], id: TensorId): TensorId {
  const { name, shape, dtype, quantization } = tensors[id]!;
  const last = shape.at(-1) ?? 1;
  return add(tensors, { name: `${name}/rows`, shape: [elementCount(shape) / last, last], dtype, quantization });
}

function reshape(tensors: Tensor[], { origin }: Node, from: TensorId, to: TensorId): Node {
  const { name, shape } = tensors[to]!;
  const data = Int32Array.from(shape);
  const wanted = add(tensors, { name: `${name}/shape`, shape: [shape.length], dtype: 'int32', data });
  return { kind: 'RESHAPE', attributes: operators.RESHAPE.defaults, inputs: [from, wanted], outputs: [to], origin };
}

/** Under a name that no other tensor has. */
function add(tensors: Tensor[], tensor: Tensor): TensorId {
  const taken = new Set(tensors.map(({ name }) => name));
  let { name } = tensor;
  for (let again = 1; taken.has(name); again++) name = `${tensor.name}_${again}`;
  tensors.push({ ...tensor, name });
  return tensors.length - 1;
}
