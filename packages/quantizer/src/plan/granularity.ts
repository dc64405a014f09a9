// How many scales the weights of a layer get.
import type { Graph, Node, OpKind } from '@wherry/graph';
import { isNarrowMatrix } from './narrow-matrices.js';
import type { Scheme } from './schemes/scheme.js';

export type Granularity = 'per-axis' | 'per-tensor';

export interface GranularityOptions {
  /** What the target's kernels accept of an operator's weights in a scheme. */
  readonly granularity: (kind: OpKind, scheme: Scheme) => Granularity;
  /** Gives matrices whose scales would weigh much beside them one scale for all: size against accuracy, so only on demand. */
  readonly compactMatrices?: boolean;
}

export function granularityOf(
  graph: Graph,
  { granularity, compactMatrices }: GranularityOptions,
): (node: Node, scheme: Scheme) => Granularity {
  return (node, scheme) =>
    compactMatrices === true && isNarrowMatrix(graph, node) ? 'per-tensor' : granularity(node.kind, scheme);
}
