// The parts of a graph that can be raised or lowered in precision: an operator that computes, with those that pass its values on.
import { graphCost, operatorOf, outputRule, tensorAt, type Graph } from '@wherry/graph';
import { activationInputs } from '../plan/share-scales.js';

export interface MixedUnit {
  /** Positions in `graph.nodes`, in order; the first one computes. */
  readonly nodes: readonly number[];
  /** The user's layer. */
  readonly layer: string;
  /** Work of its nodes, in multiply-accumulates and operations on elements. */
  readonly work: number;
}

/** In the graph's order. Whoever reads several values and passes them on goes with the last of their writers. */
export function mixedUnits(graph: Graph): readonly MixedUnit[] {
  const { nodes: costs } = graphCost(graph);
  const unitOf = new Map<number, number>();
  const units: { nodes: number[]; layer: string; work: number }[] = [];
  graph.nodes.forEach((node, position) => {
    const reals = [...activationInputs(graph, node).map((at) => node.inputs[at]!), ...node.outputs];
    if (!reals.some((id) => tensorAt(graph, id).dtype === 'float32')) return;
    const passesOn = outputRule(node.kind).from === 'same-as-inputs' || operatorOf(node.kind).traits.movesDataOnly;
    const before = activationInputs(graph, node).flatMap((at) => unitOf.get(node.inputs[at]!) ?? []);
    const own = passesOn === true && before.length > 0 ? Math.max(...before) : units.length;
    units[own] ??= { nodes: [], layer: node.origin, work: 0 };
    units[own].nodes.push(position);
    units[own].work += costs[position]!.macs + costs[position]!.elementOps;
    node.outputs.forEach((id) => unitOf.set(id, own));
  });
  return units;
}
