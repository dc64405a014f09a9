// Weight matrices whose per-axis scales take up space worth a thought beside the weights themselves.
import { elementCount, operatorOf, tensorAt, type Graph, type Node } from '@wherry/graph';

/** A float32 scale and an int64 zero point in the file, for every slice. */
const bytesOfScale = 12;
/** Share of a matrix's own bytes, and of the whole model's weights, above which its scales count as much. */
const shareOfMatrix = 1 / 16;
const shareOfModel = 1 / 20;
/** Bytes below which nothing is worth a loss of accuracy. */
const leastSaving = 1024;

/** True for a matrix (rank 2) with short rows. Filters are not: their slices differ too much to share a scale. */
export function isNarrowMatrix(graph: Graph, node: Node): boolean {
  const { weights } = operatorOf(node.kind).quantization;
  const shape = weights === undefined ? undefined : tensorAt(graph, node.inputs[weights.input]!).shape;
  if (shape?.length !== 2) return false;
  return bytesOfScale * shape[weights!.axis]! > shareOfMatrix * elementCount(shape);
}

/** True when one scale per narrow matrix would make the model smaller by a visible share. */
export function scalesWeighMuch(graph: Graph): boolean {
  let saved = 0;
  let total = 0;
  for (const node of graph.nodes) {
    const { weights } = operatorOf(node.kind).quantization;
    if (weights === undefined) continue;
    const { shape } = tensorAt(graph, node.inputs[weights.input]!);
    total += elementCount(shape);
    if (isNarrowMatrix(graph, node)) saved += bytesOfScale * shape[weights.axis]!;
  }
  return saved >= leastSaving && saved > shareOfModel * total;
}
