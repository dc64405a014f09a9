// A quantized graph in real values: the same steps on the same tensors, with what each constant and each edge is quantized to beside them.
import {
  operatorOf,
  outputRule,
  positionsOf,
  roleOf,
  tensorAt,
  type DataType,
  type Graph,
  type Node,
  type Quantization,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import { realConstant } from '@wherry/quantizer';
import { constantParts, type ConstantParts } from './constant-parts.js';

/** What an edge is written as. */
export interface EdgeFormat {
  readonly dtype: DataType;
  readonly quantization: Quantization;
  /** By the specification: no range was chosen. */
  readonly fixed: boolean;
  /** Edges of one group share a scale. */
  readonly group: TensorId;
}

export interface RealStep {
  /** The user's layer; the name of the tensor where an input is meant. */
  readonly layer: string;
  /** Undefined for an input of the graph. */
  readonly node: Node | undefined;
  /** A conversion between numbers: of real values it changes none. */
  readonly passes: boolean;
  readonly outputs: readonly TensorId[];
  readonly constants: readonly ConstantParts[];
  readonly formats: ReadonlyMap<TensorId, EdgeFormat>;
}

export interface RealForm {
  /** Every tensor that had a scale is real; without conversions back to real values. Its ids are those of the quantized graph. */
  readonly graph: Graph;
  readonly steps: readonly RealStep[];
}

/** The constant that the float model has in the place of an input of a node of the quantized graph, where that is known. */
export type ExactOf = (node: Node, input: number) => Float32Array | undefined;

export function realForm(quantized: Graph, exactOf: ExactOf): RealForm {
  const groups = scaleGroups(quantized);
  const formatOf = (id: TensorId, fixed: boolean): readonly (readonly [TensorId, EdgeFormat])[] => {
    const { dtype, quantization, data } = tensorAt(quantized, id);
    return quantization === undefined || data !== undefined
      ? []
      : [[id, { dtype, quantization, fixed, group: groups(id) }]];
  };
  const inputs = quantized.inputs.map((id): RealStep => ({
    layer: tensorAt(quantized, id).name,
    node: undefined,
    passes: false,
    outputs: [id],
    constants: [],
    formats: new Map(formatOf(id, false)),
  }));
  const nodes = quantized.nodes.map((node): RealStep => ({
    layer: node.origin,
    node,
    passes: operatorOf(node.kind).traits.convertsNumbers === true,
    outputs: node.outputs,
    constants: constantsOf(quantized, node, exactOf),
    formats: new Map(
      node.outputs.flatMap((id, position) => formatOf(id, outputRule(node.kind, position).from === 'fixed')),
    ),
  }));
  return { graph: inRealValues(quantized), steps: [...inputs, ...nodes] };
}

function constantsOf(quantized: Graph, node: Node, exactOf: ExactOf): ConstantParts[] {
  if (operatorOf(node.kind).traits.convertsNumbers === true) return [];
  return node.inputs.flatMap((id, input) => {
    const { role } = roleOf(node.kind, input);
    const tensor = id === null ? undefined : constantBehind(quantized, id);
    if (tensor === undefined || !(role === 'weights' || role === 'bias' || role === 'activation')) return [];
    const parts = constantParts(input, tensor, role === 'bias' ? 'bias' : 'weights', exactOf(node, input));
    return parts === undefined ? [] : [parts];
  });
}

/** Also of one that is stored otherwise, and converted where the model runs. */
function constantBehind(graph: Graph, id: TensorId): Tensor | undefined {
  const tensor = tensorAt(graph, id);
  if (tensor.data !== undefined) return tensor;
  const writer = graph.nodes.find(({ outputs }) => outputs.includes(id));
  if (writer === undefined || operatorOf(writer.kind).traits.convertsNumbers !== true) return undefined;
  return constantBehind(graph, writer.inputs[0]!);
}

/** Of edges that have the same scale because an operator only hands values on. */
function scaleGroups(graph: Graph): (id: TensorId) => TensorId {
  const parents = graph.tensors.map((_, id) => id);
  const root = (id: TensorId): TensorId => (parents[id] === id ? id : root(parents[id]!));
  const key = (id: TensorId): string => JSON.stringify(tensorAt(graph, id).quantization);
  for (const node of graph.nodes)
    node.outputs.forEach((output, position) => {
      if (outputRule(node.kind, position).from !== 'same-as-inputs') return;
      for (const input of positionsOf(node, 'activation')) {
        const id = node.inputs[input] ?? null;
        if (id !== null && tensorAt(graph, id).data === undefined && key(id) === key(output))
          parents[root(output)] = root(id);
      }
    });
  return root;
}

function inRealValues(quantized: Graph): Graph {
  const nodes: Node[] = [];
  const stands = new Map<TensorId, TensorId>();
  const of = (id: TensorId): TensorId => stands.get(id) ?? id;
  for (const node of quantized.nodes) {
    const [output] = node.outputs;
    const isBack = operatorOf(node.kind).traits.convertsNumbers === true && isReal(quantized, output!);
    if (isBack) stands.set(output!, of(node.inputs[0]!));
    else nodes.push({ ...node, inputs: node.inputs.map((id) => (id === null ? null : of(id))) });
  }
  const tensors = quantized.tensors.map((tensor): Tensor => {
    const { name, shape, quantization } = tensor;
    const data = realConstant(tensor);
    if (quantization === undefined && data === undefined) return tensor;
    return { name, shape, dtype: 'float32', ...(data !== undefined && { data }) };
  });
  return { ...quantized, tensors, nodes, outputs: quantized.outputs.map(of) };
}

function isReal(graph: Graph, id: TensorId): boolean {
  return tensorAt(graph, id).dtype === 'float32';
}
