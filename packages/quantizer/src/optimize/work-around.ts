// Rewrites a graph for one target, so that known faults of its runtime cannot show. The numbers stay the same, bit for bit.
import { verify, type Graph, type Node, type TensorId } from '@wherry/graph';
import type { NodeFault } from '@wherry/profiles';
import type { OptimizationStep } from './optimize.js';
import { ways } from './work-around-ways.js';

export interface WorkedAround {
  /** Tensors of the given graph keep their numbers. */
  readonly graph: Graph;
  /** Tensors that a node of the given graph wrote, with what it writes now: the same values in another shape. */
  readonly written: ReadonlyMap<TensorId, TensorId>;
  /** One per fault that was worked around, in the graph's order. */
  readonly steps: readonly OptimizationStep[];
}

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
