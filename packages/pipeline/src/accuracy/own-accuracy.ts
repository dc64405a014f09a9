// How right a model is by the labels of the data, where there is no float model beside it.
import type { Interval } from '../statistics/interval.js';
import type { Decisions } from './decision-tally.js';
import type { EmbeddingFit } from './embedding-judge.js';
import type { OutputComparison } from './output-comparison.js';
import type { OutputTask } from './output-task.js';
import type { Reconstruction } from './reconstruction-judge.js';
import type { TargetFit } from './target-judge.js';
import type { ThresholdDecisions } from './threshold-judge.js';
import type { TruthReading } from './truth-reading.js';

/** Of one graph output; `chance`: what a figure may be on other samples of the same kind, at 95 %. */
export interface OwnAccuracy {
  readonly name: string;
  readonly task: OutputComparison['task'];
  readonly samples: number;
  /** What the samples were cut from, where all were: chance is judged by them. */
  readonly recordings?: number;
  readonly reading?: TruthReading;
  readonly top1?: OwnShare & { readonly tied?: number };
  readonly topK?: OwnShare & { readonly k: number };
  readonly threshold?: OwnShare & OwnArea & { readonly at: number | null };
  readonly targets?: {
    readonly values: number;
    readonly mae: number;
    readonly rmse: number;
    readonly r2: number | null;
    readonly chance?: { readonly mae: Interval; readonly rmse: Interval };
  };
  /** `ranked`: what the area is of, recordings or samples. */
  readonly reconstruction?: OwnArea & { readonly mse: number; readonly chance?: Interval; readonly ranked?: number };
  /** Right: the nearest other sample has the same label. */
  readonly embedding?: OwnShare & OwnArea & { readonly pairs?: number };
}

export interface OwnArea {
  readonly auc?: number;
  readonly aucChance?: Interval;
}

export interface OwnShare {
  readonly labelled: number;
  readonly right: number;
  readonly chance?: Interval;
  /** Neighbouring samples were seen to be alike, so that they count for fewer. */
  readonly neighboursAlike?: true;
}

/** `compared`: the model with itself. Undefined where no label went with the output. */
export function ownAccuracy(compared: OutputComparison): OwnAccuracy | undefined {
  const { name, task, samples, recordings, reading, top1, topK, threshold, targets, reconstruction, embedding } =
    compared;
  const labelled =
    (top1?.labelled ?? 0) + (threshold?.labelled ?? 0) + (targets?.values ?? 0) + (embedding?.neighbours.labelled ?? 0);
  if (labelled === 0 && threshold?.quantizedAuc === undefined && reconstruction === undefined) return undefined;
  return {
    name,
    task,
    samples,
    ...(recordings !== undefined && { recordings }),
    ...(reading !== undefined && { reading }),
    ...(top1 !== undefined && { top1: { ...ownShare(top1), ...(top1.tied !== undefined && { tied: top1.tied }) } }),
    ...(topK !== undefined && { topK: { k: topK.k, ...ownShare(topK) } }),
    ...(threshold !== undefined && { threshold: ownThreshold(threshold) }),
    ...(targets !== undefined && { targets: ownErrors(targets) }),
    ...(reconstruction !== undefined && { reconstruction: ownReconstruction(reconstruction) }),
    ...(embedding !== undefined && { embedding: ownEmbedding(embedding) }),
  };
}

function ownShare({ labelled, quantizedRight: right, chance }: Decisions): OwnShare {
  const interval = chance?.quantizedRight;
  return {
    labelled,
    right,
    ...(interval !== undefined && { chance: interval }),
    ...(chance?.neighboursAlike && { neighboursAlike: true as const }),
  };
}

function ownThreshold(threshold: ThresholdDecisions): NonNullable<OwnAccuracy['threshold']> {
  return { at: threshold.at, ...ownShare(threshold), ...ownArea(threshold) };
}

function ownArea({ quantizedAuc: auc, aucChance }: Pick<ThresholdDecisions, 'quantizedAuc' | 'aucChance'>): OwnArea {
  const interval = aucChance?.quantized;
  return { ...(auc !== undefined && { auc }), ...(interval !== undefined && { aucChance: interval }) };
}

function ownReconstruction(output: Reconstruction): NonNullable<OwnAccuracy['reconstruction']> {
  const { quantizedMse: mse, chance, ranked } = output;
  return {
    mse,
    ...(chance !== undefined && { chance: chance.quantizedMse }),
    ...(ranked !== undefined && { ranked }),
    ...ownArea(output),
  };
}

function ownEmbedding(output: EmbeddingFit): NonNullable<OwnAccuracy['embedding']> {
  const { neighbours, pairs } = output;
  return { ...ownShare(neighbours), ...(pairs !== undefined && { pairs }), ...ownArea(output) };
}

function ownErrors(targets: TargetFit): NonNullable<OwnAccuracy['targets']> {
  const { values, quantizedMae: mae, quantizedRmse: rmse, quantizedR2: r2, chance } = targets;
  const intervals = chance && { mae: chance.quantizedMae, rmse: chance.quantizedRmse };
  return { values, mae, rmse, r2, ...(intervals !== undefined && { chance: intervals }) };
}

/** Whether something can be said of a model by itself, before it is run. */
export function isJudgedAlone(task: OutputTask): boolean {
  switch (task.kind) {
    case 'values':
      return task.targets;
    case 'reconstruction':
      return true;
    default:
      return task.labelled;
  }
}
