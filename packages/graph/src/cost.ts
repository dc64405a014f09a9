// What a whole graph costs, node by node.
import { tensorAt, type Graph } from './ir.js';
import type { Cost } from './op-definition.js';
import { operatorOf } from './ops/index.js';

export interface GraphCost {
  /** In the order of `graph.nodes`. */
  readonly nodes: readonly Cost[];
  readonly total: Cost;
}

export function graphCost(graph: Graph): GraphCost {
  const nodes = graph.nodes.map((node) =>
    operatorOf(node.kind).cost({
      attributes: node.attributes,
      inputs: node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id))),
      outputs: node.outputs.map((id) => tensorAt(graph, id)),
    }),
  );
  const total = nodes.reduce(
    (sum, { macs, elementOps, bytes }) => ({
      macs: sum.macs + macs,
      elementOps: sum.elementOps + elementOps,
      bytes: sum.bytes + bytes,
    }),
    { macs: 0, elementOps: 0, bytes: 0 },
  );
  return { nodes, total };
}
