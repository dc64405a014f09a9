// How many-sided the samples are, by what the float model makes of them: data of one class say little about the others.
import { operatorOf } from '@wherry/graph';
import { judgements, type Judgement } from './judgement.js';
import type { JudgedSample } from './sample-reservoir.js';
import type { Graph, TensorData } from '@wherry/graph';

/** Share of the classes that could be met from which on samples count as many-sided: real sets are never quite even. */
const wanted = 0.75;

/**
 * 0: all samples are of one class; 1: they are spread over the classes, as far as their number allows; 1 too where the
 * outputs are no scores. By the perplexity of the decisions, so that a rare second class counts little.
 */
export function varietyOf(graph: Graph, samples: readonly JudgedSample[]): number {
  const shares = judgements(graph).flatMap((judgement, output) => {
    const classes = classesOf(judgement);
    if (classes === undefined) return [];
    const decisions = samples.flatMap(({ expected }) => decisionsOf(expected[output]!, classes));
    const reachable = Math.max(2, Math.min(Math.max(2, classes), samples.length / 2));
    return [Math.min(1, Math.max(0, (perplexity(decisions) - 1) / (wanted * reachable - 1)))];
  });
  return Math.min(1, ...shares);
}

/** 1: a single score on either side of a threshold. */
function classesOf({ final, spec }: Judgement): number | undefined {
  const scores = final === undefined ? undefined : operatorOf(final.kind).traits.scores;
  if (scores === undefined) return undefined;
  const classes = spec.shape.at(-1) ?? 1;
  if (scores === 'rows') return classes > 1 ? classes : undefined;
  return spec.shape.every((size) => size === 1) ? 1 : undefined;
}

function decisionsOf(values: TensorData, classes: number): number[] {
  if (classes === 1) return [Number(values[0]) > 0 ? 1 : 0];
  const decisions: number[] = [];
  for (let row = 0; row < values.length; row += classes) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (values[row + c]! > values[row + best]!) best = c;
    decisions.push(best);
  }
  return decisions;
}

/** exp of the entropy: the number of classes that would be as surprising if they were equally frequent. */
function perplexity(decisions: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const decision of decisions) counts.set(decision, (counts.get(decision) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / decisions.length) * Math.log(count / decisions.length);
  return Math.exp(entropy);
}
