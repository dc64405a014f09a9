// Which tensors of a graph come of arithmetic in float32, whose last bits differ between kernels that are all right.
import { operatorOf, tensorAt, type Graph, type Node, type OpKind, type TensorId } from '@wherry/graph';

/** From one number format to another: each value by itself, rounded as the specification has it. */
const conversions: ReadonlySet<OpKind> = new Set(['QUANTIZE', 'DEQUANTIZE', 'CAST']);

/** Those that a node writes; what follows from them in whatever type is among them. */
export function computedInFloats(graph: Graph): ReadonlySet<TensorId> {
  const found = new Set<TensorId>();
  for (const node of graph.nodes) {
    const follows = node.inputs.some((id) => id !== null && found.has(id));
    if (follows || computes(graph, node)) node.outputs.forEach((id) => found.add(id));
  }
  return found;
}

function computes(graph: Graph, { kind, inputs, outputs }: Node): boolean {
  if (conversions.has(kind) || operatorOf(kind).traits.movesDataOnly === true) return false;
  const isReal = (id: TensorId | null): boolean => id !== null && tensorAt(graph, id).dtype === 'float32';
  return inputs.some(isReal) || outputs.some(isReal);
}
