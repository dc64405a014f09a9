// How many samples candidates are judged by: as many as the size of the model lets be affordable.
import { elementCount, graphCost, tensorAt, type Graph } from '@wherry/graph';
import { affordableSamples } from './work-budget.js';

/** Inputs of the samples to judge by, which are kept as long as the choice lasts. */
const greatestKeptBytes = 1e8;
const usuallyJudged = 48;
const leastJudged = 8;

/** Samples to judge by: more for small models, where they cost little, as few mislead. */
export function judgedSamples(graph: Graph, budgetSeconds: number): number {
  const { macs } = graphCost(graph).total;
  const wanted = Math.max(usuallyJudged, Math.min(192, Math.floor(2e8 / Math.max(1, macs))));
  const bytes = graph.inputs.reduce((sum, id) => sum + 4 * elementCount(tensorAt(graph, id).shape), 0);
  const affordable = Math.min(greatestKeptBytes / Math.max(1, bytes), affordableSamples(graph, budgetSeconds));
  return Math.max(leastJudged, Math.min(wanted, Math.floor(affordable)));
}
