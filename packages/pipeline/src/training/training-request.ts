// What a training is asked for.
import type { TrainingSettings } from '@wherry/trainer/training-settings';
import type { DeployHost } from '../deployment.js';
import type { GivenData, GraphData } from '../inputs/datasets.js';

export interface TrainingRequest {
  /** Samples to train on; the calibration data when left out. */
  readonly data?: GivenData | undefined;
  readonly settings: TrainingSettings;
  /** File that the training can go on from. */
  readonly checkpoint?: string | undefined;
}

/** With what it takes to do it. */
export interface AskedTraining {
  readonly request: TrainingRequest;
  readonly host: Pick<DeployHost, 'differentiable' | 'during' | 'signal'>;
  /** Read as the calibration data is. */
  readonly openData: (given: GivenData) => Promise<GraphData>;
}

/** What became of it, for the report. */
export interface TrainingSummary {
  readonly settings: TrainingSettings;
  readonly engine: string;
  readonly samples: number;
  readonly heldBack: number;
  readonly epochs: number;
  /** 0 where what the training started with did best. */
  readonly keptEpoch: number;
  readonly stoppedEarly: boolean;
  /** Of samples held back: at the start, and of the epoch that was kept. */
  readonly loss: { readonly before: number; readonly after: number };
  /** The quantized models against float on samples held back, as the report has it. */
  readonly before: HeldBackFigures;
  readonly after: HeldBackFigures;
  /** False where the trained model came out no better, so that the other one stayed. */
  readonly taken: boolean;
}

export interface HeldBackFigures {
  /** Of the first output; null where nothing differs. */
  readonly sqnrDb: number | null;
  /** Decisions that are those of the float model; null where nothing is decided. */
  readonly agreement: number | null;
  /** Decisions that are right by the labels; null where none is known. */
  readonly right: number | null;
}
