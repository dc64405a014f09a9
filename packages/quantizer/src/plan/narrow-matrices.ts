// Weight matrices whose per-axis scales take up space worth a thought beside the weights themselves.
import { elementCount, tensorAt, weightedOperands, type Graph, type Node } from '@wherry/graph';

/** A float32 scale and an int64 zero point in the file, for every slice. */
const bytesOfScale = 12;
/** Share of a matrix's own bytes above which its scales count as much. */
const shareOfMatrix = 1 / 16;

/** True for a matrix (rank 2) with short rows. Filters are not: their slices differ too much to share a scale. */
export function isNarrowMatrix(graph: Graph, node: Node): boolean {
  const weighted = weightedOperands(node.kind);
  const shape = weighted === undefined ? undefined : tensorAt(graph, node.inputs[weighted.weights]!).shape;
  if (shape?.length !== 2) return false;
  return bytesOfScale * shape[weighted!.axis]! > shareOfMatrix * elementCount(shape);
}
