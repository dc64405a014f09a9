// Samples to train on, and those that are held back to say when to stop.
import type { Graph } from '@wherry/graph';
import type { TrainingSample } from '@wherry/trainer';
import type { LabelledSample } from '../accuracy/measure-accuracy.js';
import { readingOf } from '../accuracy/output-comparison.js';
import { readTruth } from '../accuracy/truth-reading.js';
import type { GraphData } from '../inputs/datasets.js';
import { truthOf, type OpenHead } from './heads.js';
import { areHeldBack } from './sample-parts.js';

export interface TrainingSamples {
  readonly samples: readonly TrainingSample[];
  readonly heldBack: readonly HeldBack[];
}

/** With what is known of it, for the comparison of whole models. */
export interface HeldBack extends TrainingSample, LabelledSample {}

export async function trainingSamples(
  graph: Graph,
  { dataset, tasks }: GraphData,
  heads: readonly OpenHead[],
): Promise<TrainingSamples> {
  const all: HeldBack[] = [];
  const kinds: number[] = [];
  const judged = tasks.tasks.find((task) => task.kind !== 'values' && task.labelled);
  for await (const { inputs, label, target, group } of dataset.samples()) {
    const given = { inputs, label, target };
    const truths = heads.map((head, i) => truthOf(graph, head, tasks.tasks[i]!, given));
    all.push({ inputs, truths, label, target, group });
    // A label that goes with no output tells all the same how the data is sorted.
    const read = judged === undefined ? undefined : readTruth(readingOf(judged), { label, target }).label;
    kinds.push(read ?? label ?? 0);
  }
  const back = areHeldBack(kinds);
  return {
    samples: all.flatMap(({ inputs, truths }, i) => (back[i]! ? [] : [{ inputs, truths }])),
    heldBack: all.filter((_, i) => back[i]!),
  };
}
