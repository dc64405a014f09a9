// How many lanes a run is worth: none, where starting a thread costs more than it saves.
import { graphCost, type Graph } from '@wherry/graph';

/** Multiply-accumulates, of all samples together, below which this thread does the work alone: two seconds of them. */
const leastMacs = 2e10;
/** Each lane holds the weights anew: of large ones a second lane would take the memory that it saves time for. */
const greatestWeights = 2 ** 26;

/** `cores`: what the process may use. The output is the same for any number. */
export function laneCount(graph: Graph, samples: number, cores: number): 0 | 1 | 2 {
  if (graphCost(graph).total.macs * samples < leastMacs) return 0;
  const weights = graph.tensors.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0);
  return cores > 1 && weights <= greatestWeights ? 2 : 1;
}
