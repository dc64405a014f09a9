// Where a training looks at the outputs: of scores in front of the operator that makes probabilities of them.
import { elementCount, operatorOf, tensorAt, type Graph, type Node } from '@wherry/graph';
import type { Head } from '@wherry/trainer';
import { readingOf, type SampleTruth } from '../accuracy/output-comparison.js';
import { natureOf, type OutputTask } from '../accuracy/output-task.js';
import { readTruth } from '../accuracy/truth-reading.js';

/** One per graph output; its power is not known yet. */
export type OpenHead = Omit<Head, 'power'>;

export function headsOf(graph: Graph, tasks: readonly OutputTask[]): readonly OpenHead[] {
  return graph.outputs.map((output, position) => {
    const task = tasks[position]!;
    const final = finalScores(graph, output);
    // Along the last dimension of what wrote the output, however it was reshaped since.
    const { classes } = natureOf(graph, output);
    if (final !== undefined) {
      const kind = operatorOf(final.kind).traits.scores === 'rows' ? 'softmax' : 'sigmoid';
      return { id: final.inputs[0]!, kind, classes };
    }
    // Linear scores of classes are what a softmax would be given.
    const kind = task.kind === 'classes' && task.independent !== true ? 'softmax' : 'values';
    return { id: output, kind, classes };
  });
}

/** The operator that makes probabilities of scores, possibly reshaped since. */
function finalScores(graph: Graph, output: number): Node | undefined {
  let written = output;
  for (;;) {
    const writer = graph.nodes.find(({ outputs }) => outputs.includes(written));
    if (writer === undefined) return undefined;
    const { traits } = operatorOf(writer.kind);
    if (traits.sameBytes !== true) {
      const { beta = 1 } = writer.attributes as { readonly beta?: number };
      return traits.scores !== undefined && beta === 1 ? writer : undefined;
    }
    written = writer.inputs[0]!;
  }
}

/** The truth in the terms of a head: shares of classes, yes and no, or values; undefined where it is not known. */
export function truthOf(
  graph: Graph,
  { id, kind, classes }: OpenHead,
  task: OutputTask,
  given: SampleTruth,
): Float32Array | undefined {
  const size = elementCount(tensorAt(graph, id).shape);
  if (task.kind === 'values') return task.targets ? valuesOf(given, size) : undefined;
  if (task.kind === 'reconstruction') return Float32Array.from(given.inputs![task.input] as Float32Array);
  if (task.kind === 'embedding' || !task.labelled) return undefined;
  // Of a linear output -1 and 1 are themselves what it is trained towards: 0 would be the threshold.
  const areValues = kind === 'values' && readingOf(task) === 'signs';
  const { label, target, rows } = areValues ? given : readTruth(readingOf(task), given, classes);
  if (kind !== 'softmax') return valuesOf({ label, target }, size);
  const own = rows ?? (label === undefined ? undefined : [label]);
  if (own === undefined || own.length * classes !== size) return undefined;
  const truth = new Float32Array(size);
  for (let row = 0; row < own.length; row++) {
    const isKnown = own[row]! >= 0 && own[row]! < classes;
    // Of many places those without a class count for nothing: no share of theirs is above 0.
    if (!isKnown && own.length > 1) continue;
    if (!isKnown) return undefined;
    truth[row * classes + own[row]!] = 1;
  }
  return truth;
}

function valuesOf({ label, target }: SampleTruth, size: number): Float32Array | undefined {
  if (target !== undefined) return target.length === size ? Float32Array.from(target) : undefined;
  return label !== undefined && size === 1 ? Float32Array.of(label) : undefined;
}

/**
 * What a linear score beside labels 0 and 1 is: values that were trained towards the labels are nearer to them than their mean is,
 * scores in front of a sigmoid are not, and would be ruined by such a training.
 */
export function areLogits(scores: readonly number[], labels: readonly number[]): boolean {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const share = mean(labels);
  return mean(labels.map((label, i) => (scores[i]! - label) ** 2)) > mean(labels.map((label) => (label - share) ** 2));
}
