// How right a model is by the labels of the data, where there is no float model beside it.
import type { OutputComparison } from './output-comparison.js';
import type { TruthReading } from './truth-reading.js';

/** Of one graph output. */
export interface OwnAccuracy {
  readonly name: string;
  readonly task: OutputComparison['task'];
  readonly samples: number;
  readonly reading?: TruthReading;
  readonly top1?: { readonly labelled: number; readonly right: number; readonly tied?: number };
  readonly threshold?: {
    readonly at: number | null;
    readonly labelled: number;
    readonly right: number;
    readonly auc?: number;
  };
  readonly targets?: {
    readonly values: number;
    readonly mae: number;
    readonly rmse: number;
    readonly r2: number | null;
  };
}

/** `compared`: the model with itself. Undefined where no label went with the output. */
export function ownAccuracy(compared: OutputComparison): OwnAccuracy | undefined {
  const { name, task, samples, reading, top1, threshold, targets } = compared;
  const labelled = (top1?.labelled ?? 0) + (threshold?.labelled ?? 0) + (targets?.values ?? 0);
  if (labelled === 0 && threshold?.quantizedAuc === undefined) return undefined;
  return {
    name,
    task,
    samples,
    ...(reading !== undefined && { reading }),
    ...(top1 !== undefined && {
      top1: {
        labelled: top1.labelled,
        right: top1.quantizedRight,
        ...(top1.tied !== undefined && { tied: top1.tied }),
      },
    }),
    ...(threshold !== undefined && {
      threshold: {
        at: threshold.at,
        labelled: threshold.labelled,
        right: threshold.quantizedRight,
        ...(threshold.quantizedAuc !== undefined && { auc: threshold.quantizedAuc }),
      },
    }),
    ...(targets !== undefined && {
      targets: {
        values: targets.values,
        mae: targets.quantizedMae,
        rmse: targets.quantizedRmse,
        r2: targets.quantizedR2,
      },
    }),
  };
}
