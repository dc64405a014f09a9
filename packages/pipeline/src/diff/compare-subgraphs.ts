// Two subgraphs, everything that their tables say.
import { compareConstants } from './compare-constants.js';
import { compareEnds } from './compare-ends.js';
import { compareOperators } from './compare-operators.js';
import { compareTensors } from './compare-tensors.js';
import type { SubgraphDifference } from './document.js';
import { MatchedGraphs } from './matched-graphs.js';
import type { RawGraph } from './raw-graph.js';

export interface ComparedSubgraphs {
  readonly graphs: MatchedGraphs;
  readonly difference: SubgraphDifference;
}

export function compareSubgraphs(a: RawGraph, b: RawGraph): ComparedSubgraphs {
  const graphs = new MatchedGraphs(a, b);
  // First: reading operands matches the tensors that nothing writes.
  const operators = compareOperators(graphs);
  const difference = {
    name: { a: a.name, b: b.name },
    operators,
    tensors: compareTensors(graphs),
    constants: compareConstants(graphs),
    inputs: compareEnds(a, b, 'inputs', graphs.inputs),
    outputs: compareEnds(a, b, 'outputs', graphs.outputs),
    renamedTensors: graphs.tensorPairs.filter(([own, other]) => own.name !== other.name).length,
  };
  return { graphs, difference };
}

/** Whether all of it is equal but names. */
export function isSame({ operators, tensors, constants, inputs, outputs }: SubgraphDifference): boolean {
  return (
    operators.added.length + operators.removed.length + operators.changed.length === 0 &&
    !operators.reordered &&
    tensors.changed.length === 0 &&
    constants.changed.length === 0 &&
    [inputs, outputs].every(
      ({ reordered, pairs }) =>
        !reordered &&
        pairs.every(({ a, b, changes }) => a !== null && b !== null && changes.every(({ what }) => what === 'name')),
    )
  );
}
