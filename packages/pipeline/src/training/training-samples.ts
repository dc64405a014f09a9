// Samples to train on, and those that are held back to say when to stop.
import type { Graph } from '@wherry/graph';
import type { TrainingSample } from '@wherry/trainer';
import type { LabelledSample } from '../accuracy/measure-accuracy.js';
import { readingOf } from '../accuracy/output-comparison.js';
import { readTruth } from '../accuracy/truth-reading.js';
import type { GraphData } from '../inputs/datasets.js';
import { truthOf, type OpenHead } from './heads.js';
import { samplePartsOf, type SamplePart } from './sample-parts.js';

export interface TrainingSamples {
  /** In the order of the data. */
  readonly all: readonly TrainingSample[];
  readonly samples: readonly TrainingSample[];
  /** They say when to stop. */
  readonly heldBack: readonly HeldBack[];
  /** They say whether anything was won. */
  readonly judging: readonly HeldBack[];
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
  const parts = samplePartsOf(kinds);
  const of = (part: SamplePart): readonly HeldBack[] => all.filter((_, i) => parts[i] === part);
  return {
    all: all.map(({ inputs, truths }) => ({ inputs, truths })),
    samples: of('trained on').map(({ inputs, truths }) => ({ inputs, truths })),
    heldBack: of('stops'),
    judging: of('judges'),
  };
}
