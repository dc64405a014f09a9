// Rewrites a graph for one target, so that known faults of its runtime cannot show. The numbers stay the same, bit for bit.
import {
  elementCount,
  operatorOf,
  operators,
  verify,
  type Graph,
  type Node,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import type { NodeFault, Workaround } from '@wherry/profiles';
import type { OptimizationStep } from './optimize.js';

export interface WorkedAround {
  /** Tensors of the given graph keep their numbers. */
  readonly graph: Graph;
  /** Tensors that a node of the given graph wrote, with what it writes now: the same values in another shape. */
  readonly written: ReadonlyMap<TensorId, TensorId>;
  /** One per fault that was worked around, in the graph's order. */
  readonly steps: readonly OptimizationStep[];
}

/** What takes a node's place, and what computes its outputs among it; new tensors are appended. Null: it cannot be done. */
type Change = (tensors: Tensor[], node: Node) => { readonly nodes: readonly Node[]; readonly itself: Node } | null;

interface Way {
  readonly change: Change;
  /** What was done, with the node before it and its fault behind. */
  readonly done: string;
}

/** `none` is left as it is: whoever holds the graph against the kernel table refuses it. */
const ways: { readonly [W in Workaround]: Way | null } = {
  rows: { change: overRows, done: 'put on rows by a RESHAPE before and after it' },
  reshape: { change: asReshape, done: 'written as a RESHAPE' },
  none: null,
};

/** `faults`: those of the graph's nodes, at most one of each. Returns the graph it was given where nothing can be done. */
export function workAround(graph: Graph, faults: readonly NodeFault[]): WorkedAround {
  const tensors = [...graph.tensors];
  const faultAt = new Map(faults.map(({ node, fault }) => [node, fault]));
  const steps: OptimizationStep[] = [];
  const nodes: Node[] = [];
  const written = new Map<TensorId, TensorId>();
  for (const [position, node] of graph.nodes.entries()) {
    const fault = faultAt.get(position);
    const way = fault === undefined ? null : ways[fault.workaround];
    const changed = way?.change(tensors, node) ?? null;
    if (fault === undefined || way === null || changed === null) {
      nodes.push(node);
      continue;
    }
    nodes.push(...changed.nodes);
    node.outputs.forEach((id, output) => written.set(id, changed.itself.outputs[output]!));
    const nodesAfter = nodes.length + graph.nodes.length - position - 1;
    steps.push({
      rewrite: `work-around-${node.kind.toLowerCase().replaceAll('_', '-')}`,
      what: `${node.origin}: ${way.done}, because the runtime's ${node.kind} ${fault.fault}`,
      nodesBefore: steps.at(-1)?.nodesAfter ?? graph.nodes.length,
      nodesAfter,
    });
  }
  const changed = steps.length === 0 ? graph : verify({ ...graph, tensors, nodes }, 'work-around');
  return { graph: changed, written, steps };
}

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
