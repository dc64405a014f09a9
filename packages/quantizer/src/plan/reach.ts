// How far a tensor may reach that the samples did not show, as far as evidence is thin: by what training kept, and by symmetry.
import {
  activationBounds,
  operatorOf,
  tensorAt,
  type FusedActivation,
  type Graph,
  type Node,
  type TensorId,
} from '@wherry/graph';
import type { Range } from '../calibrate/range.js';
import { priorWeight } from '../prior-weight.js';

/** Where the largest values of a channel lie behind BatchNormalization: its distributions have long tails. */
const reachedDeviations = 6;

/** `range`, wider by what is likely; `evidence`: how many samples it is of, as far as they differ. */
export function withReach(graph: Graph, writer: Node, id: TensorId, range: Range, evidence: number): Range {
  const prior = priorWeight(evidence);
  const trained = trainedRange(graph, writer, id);
  const known = { min: Math.min(range.min, prior * trained.min), max: Math.max(range.max, prior * trained.max) };
  return scoredRange(graph, id, known, prior);
}

/** Least and greatest over the channels, 0 included; [0, 0] where training kept nothing. */
function trainedRange(graph: Graph, writer: Node, id: TensorId): Range {
  const { moments } = tensorAt(graph, id);
  let [min, max] = [0, 0];
  moments?.mean.forEach((mean, channel) => {
    const reach = reachedDeviations * moments.deviation[channel]!;
    min = Math.min(min, mean - reach);
    max = Math.max(max, mean + reach);
  });
  const { activation = 'NONE' } = writer.attributes as { readonly activation?: FusedActivation };
  const [least, greatest] = activationBounds(activation);
  return { min: Math.max(min, least), max: Math.min(max, greatest) };
}

/** How high scores come, of how low they come, where a sample shows low ones only: softmax leaves open where their zero is. */
const highShare = 0.5;

/**
 * A sample shows the score of the class that it is of, and how low those of others are: each of them may come to be as high, and
 * twice as high where it is a clearer case. All of them may be low by chance, which of several samples soon one is not. A single
 * score of two classes is as good on either side.
 */
function scoredRange(graph: Graph, id: TensorId, { min, max }: Range, prior: number): Range {
  const scores = graph.nodes
    .filter(({ inputs }) => inputs[0] === id)
    .map(({ kind }) => operatorOf(kind).traits.scores)
    .find((each) => each !== undefined);
  if (scores === undefined) return { min, max };
  if (scores === 'whole') return { min: Math.min(min, -prior * max), max: Math.max(max, -prior * min) };
  const higher = Math.max((1 + prior) * max, -(prior ** 3) * highShare * min);
  return { min, max: Math.max(max, Math.min(higher, -prior * min)) };
}
