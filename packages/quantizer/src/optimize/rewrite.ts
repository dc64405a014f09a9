// What a rewrite of the float graph is, and the order they run in.
import type { Graph } from '@wherry/graph';

/** A named, meaning-preserving change. Returns the graph it was given when there is nothing to do. */
export interface Rewrite {
  readonly name: string;
  /** One sentence for reports. */
  readonly what: string;
  apply(graph: Graph): Graph;
}

/** Carries out what `find` finds until it finds no more. */
export function untilNone<Finding>(
  find: (graph: Graph) => Finding | undefined,
  carryOut: (graph: Graph, finding: Finding) => Graph,
): Rewrite['apply'] {
  return (graph) => {
    let current = graph;
    for (let found = find(current); found !== undefined; found = find(current)) current = carryOut(current, found);
    return current;
  };
}
