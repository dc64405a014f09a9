// Judges a graph by the rules of the language; run after import and after every rewrite.
import { allocate, dataTypes } from './data-type.js';
import { WherryError } from './diagnostics/diagnostic.js';
import { graphDiagnostics } from './diagnostics/graph-diagnostics.js';
import { inferOutputs } from './infer.js';
import type { Graph, Node, Tensor, TensorId } from './ir.js';
import { roleOf } from './operands-of.js';
import { sameShape, elementCount } from './shape.js';
import { statesOf } from './states.js';

/** Returns the graph itself. `stage` names who made it. Throws GRAPH_INVALID or GRAPH_OPERATOR_REQUIREMENT. */
export function verify(graph: Graph, stage: string): Graph {
  const refuse = (what: string, where: string): never => {
    throw new WherryError(graphDiagnostics.GRAPH_INVALID, {
      what: `after ${stage}: ${what}`,
      where,
      next: 'if the model file is sound, report this with the output of `deploy inspect`',
    });
  };
  graph.tensors.forEach((tensor, id) => checkTensor(tensor, id, refuse));
  const written = new Set<TensorId>(graph.inputs);
  if (written.size !== graph.inputs.length) refuse('an input is listed twice', 'graph inputs');
  graph.tensors.forEach((tensor, id) => tensor.data !== undefined && written.add(id));
  checkStates(graph, written, refuse);
  for (const node of graph.nodes) checkNode(graph, node, written, refuse);
  for (const id of graph.outputs) {
    if (!written.has(id)) refuse('an output is never written', graph.tensors[id]?.name ?? `tensor ${id}`);
  }
  return graph;
}

type Refuse = (what: string, where: string) => never;

function checkTensor(tensor: Tensor, id: TensorId, refuse: Refuse): void {
  const where = `tensor ${id} (${tensor.name})`;
  if (!tensor.shape.every((dimension) => Number.isInteger(dimension) && dimension >= 0)) {
    refuse(`shape [${tensor.shape.join(', ')}] is not made of whole numbers`, where);
  }
  const { data, quantization, moments } = tensor;
  const channels = tensor.shape.at(-1) ?? 1;
  if (moments !== undefined && (moments.mean.length !== channels || moments.deviation.length !== channels))
    refuse(`has moments of ${moments.mean.length} channels for [${tensor.shape.join(', ')}]`, where);
  if (
    data !== undefined &&
    (data.length !== elementCount(tensor.shape) || data.constructor !== allocate(tensor.dtype, 0).constructor)
  ) {
    refuse(
      `holds ${data.length} values in a ${data.constructor.name} for ${tensor.dtype}[${tensor.shape.join(', ')}]`,
      where,
    );
  }
  if (quantization === undefined) return;
  const { scale, zeroPoint, axis } = quantization;
  if (scale.length === 0 || scale.length !== zeroPoint.length)
    refuse('needs as many zero points as scales, and at least one', where);
  if (!scale.every((s) => Number.isFinite(s) && s > 0 && Math.fround(s) === s))
    refuse('has a scale that is not a positive float32', where);
  // Files give biases the filter's axis; a vector has one dimension only, whatever they say.
  const slices = tensor.shape[tensor.shape.length === 1 ? 0 : axis];
  if (scale.length > 1 && slices !== scale.length) {
    refuse(`has ${scale.length} scales along dimension ${axis} of [${tensor.shape.join(', ')}]`, where);
  }
  const [least, greatest] = dataTypes[tensor.dtype].range ?? [-Infinity, Infinity];
  if (!zeroPoint.every((zero) => Number.isInteger(zero) && zero >= least && zero <= greatest)) {
    refuse(`has a zero point that is no ${tensor.dtype}`, where);
  }
}

/** A state belongs to one operand of one node, and nothing gives it a value. */
function checkStates(graph: Graph, written: ReadonlySet<TensorId>, refuse: Refuse): void {
  const seen = new Set<TensorId>();
  for (const id of statesOf(graph)) {
    const where = `tensor ${id} (${graph.tensors[id]?.name ?? 'missing'})`;
    if (graph.tensors[id] === undefined || written.has(id)) refuse('is a state, and has a value from elsewhere', where);
    if (seen.has(id)) refuse('is a state of two operands', where);
    seen.add(id);
  }
}

function checkNode(graph: Graph, node: Node, written: Set<TensorId>, refuse: Refuse): void {
  const where = `${node.kind} ${node.origin}`;
  for (const [position, id] of node.inputs.entries()) {
    if (id !== null && !written.has(id) && roleOf(node.kind, position).role !== 'state')
      refuse(`reads tensor ${id}, which nothing before it has written`, where);
  }
  const inputs = node.inputs.map((id) => (id === null ? undefined : graph.tensors[id]));
  const inferred = inferOutputs(node, inputs);
  if (inferred.length !== node.outputs.length)
    refuse(`has ${node.outputs.length} outputs instead of ${inferred.length}`, where);
  node.outputs.forEach((id, position) => {
    const tensor = graph.tensors[id];
    if (tensor === undefined || written.has(id))
      refuse(`writes tensor ${id}, which is missing or already written`, where);
    written.add(id);
    const { shape, dtype, or = [] } = inferred[position]!;
    if (shape !== null && !sameShape(shape, tensor.shape)) {
      refuse(`gives [${shape.join(', ')}] where the graph says [${tensor.shape.join(', ')}]`, where);
    }
    if (dtype !== null && dtype !== tensor.dtype && !or.includes(tensor.dtype))
      refuse(`gives ${dtype} where the graph says ${tensor.dtype}`, where);
  });
}
