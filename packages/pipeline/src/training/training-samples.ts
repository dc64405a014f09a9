// Samples to train on, and those that are held back to say when to stop.
import type { Graph } from '@wherry/graph';
import { blockOf } from '@wherry/quantizer';
import type { TrainingSample } from '@wherry/trainer';
import type { LabelledSample } from '../accuracy/measure-accuracy.js';
import type { GraphData } from '../inputs/datasets.js';
import { truthOf, type OpenHead } from './heads.js';

export interface TrainingSamples {
  readonly samples: readonly TrainingSample[];
  readonly heldBack: readonly HeldBack[];
}

/** With what is known of it, for the comparison of whole models. */
export interface HeldBack extends TrainingSample, LabelledSample {}

/** Neighbours are often alike: whole blocks are held back, a fifth of them. */
const isHeldBack = (block: number): boolean => block % 5 === 2;

export async function trainingSamples(
  graph: Graph,
  { dataset, tasks }: GraphData,
  heads: readonly OpenHead[],
): Promise<TrainingSamples> {
  const samples: TrainingSample[] = [];
  const heldBack: HeldBack[] = [];
  let position = 0;
  for await (const { inputs, label, target, group } of dataset.samples()) {
    const given = { inputs, label, target };
    const truths = heads.map((head, i) => truthOf(graph, head, tasks.tasks[i]!, given));
    const isBack = isHeldBack(blockOf(position, dataset.count));
    if (isBack) heldBack.push({ inputs, truths, label, target, group });
    else samples.push({ inputs, truths });
    position += 1;
  }
  return { samples, heldBack };
}
