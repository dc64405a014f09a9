// What a training is asked for.
import type { SchemeName } from '@wherry/quantizer';
import type { TrainingSettings } from '@wherry/trainer/training-settings';
import type { DeployHost } from '../deployment.js';
import type { GivenData, GraphData } from '../inputs/datasets.js';
import type { Verdict } from '../statistics/interval.js';

export interface TrainingRequest {
  /** Samples to train on; the calibration data when left out. */
  readonly data?: GivenData | undefined;
  readonly settings: TrainingSettings;
  /** File that the training can go on from; of several schemes one for each, with the scheme behind its name. */
  readonly checkpoint?: string | undefined;
}

/** With what it takes to do it. */
export interface AskedTraining {
  readonly request: TrainingRequest;
  readonly host: Pick<DeployHost, 'differentiable' | 'during' | 'signal'>;
  readonly checkpointOf: (scheme: SchemeName) => string | undefined;
  /** Read as the calibration data is, of which it is known which outputs give the input again. */
  readonly openData: (given: GivenData, alike: GraphData['alike']) => Promise<GraphData>;
}

/** What became of it, for the report. */
export interface TrainingSummary {
  readonly settings: TrainingSettings;
  readonly engine: string;
  readonly samples: number;
  /** Those that say when to stop. */
  readonly heldBack: number;
  readonly epochs: number;
  /** 0 where what the training started with did best. */
  readonly keptEpoch: number;
  readonly stoppedEarly: boolean;
  /** Of samples held back: at the start, and of the epoch that was kept. */
  readonly loss: { readonly before: number; readonly after: number };
  /** Samples held back that had no part in which epoch was kept: they say what was won. */
  readonly judging: number;
  /** What each output came to on them. */
  readonly outputs: readonly JudgedOutput[];
  /** What was trained once more on all samples, where training had come out better; null where it had not. */
  readonly again: TrainedAgain | null;
  /** False where the trained model came out no better beyond chance, or lost on evaluation data, so that the other one stayed. */
  readonly taken: boolean;
}

/** From the start that was found with all samples, for the epochs that were kept: the model that is taken. */
export interface TrainedAgain {
  readonly samples: number;
  /** Of the evaluation: nothing was chosen by them. */
  readonly evaluated: number;
  /** Those of them that the training was given as well. */
  readonly shared: number;
  /** Beside the model without training that was made from all samples. */
  readonly outputs: readonly JudgedOutput[];
}

export interface JudgedOutput {
  readonly name: string;
  /** The quantized models, without training and with it, as the report has it. */
  readonly before: HeldBackFigures;
  readonly after: HeldBackFigures;
  /** Of the trained model beside the other. */
  readonly verdict: Verdict;
}

export interface HeldBackFigures {
  /** Null where nothing differs. */
  readonly sqnrDb: number | null;
  /** Decisions that are those of the float model; null where nothing is decided. */
  readonly agreement: number | null;
  /** Decisions that are right by the labels; null where none is known. */
  readonly right: number | null;
  /** Area under the ROC curve; null where nothing is ranked. */
  readonly auc: number | null;
  /** Root of the mean square distance from targets, or from the input that is given again; null where there are neither. */
  readonly rmse: number | null;
}
