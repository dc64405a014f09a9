// How to train: everything that decides the outcome beside the graph and the samples.

export const optimizerNames = ['adam', 'sgd', 'momentum', 'rmsprop'] as const;
export type OptimizerName = (typeof optimizerNames)[number];

export const scheduleNames = ['constant', 'cosine', 'step'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** `distillation`: what the float model gives, no labels needed; `labels`: the truth; `both`: half of each. */
export const lossNames = ['distillation', 'labels', 'both'] as const;
export type LossName = (typeof lossNames)[number];

/** Of activations. `learned`: by gradients; `ema`: a moving average of what is seen; `fixed`: as they were chosen before. */
export const rangeTrainings = ['learned', 'ema', 'fixed'] as const;
export type RangeTraining = (typeof rangeTrainings)[number];

/** Each is drawn anew for every sample and epoch. */
export interface Augmentation {
  /** Mirrored along the second last dimension but one, half of the time: left and right of a picture. */
  readonly flip?: boolean;
  /** Most places by which a picture is moved in height and width, a recording in time; what comes in is the edge again. */
  readonly shift?: number;
  /** Standard deviation of noise that is added, as a share of the input's own. */
  readonly noise?: number;
  /** Most that values are made larger or smaller by, as a share. */
  readonly gain?: number;
}

export interface TrainingSettings {
  readonly epochs: number;
  readonly batch: number;
  /** Of weights: a share of the largest weight of the channel for each step. */
  readonly rate: number;
  readonly optimizer: OptimizerName;
  readonly schedule: ScheduleName;
  /** Epochs in which the rate grows from nothing. */
  readonly warmup: number;
  readonly loss: LossName;
  /** Softens the scores of both sides where the float model is followed. */
  readonly temperature: number;
  readonly ranges: RangeTraining;
  /** Epochs without a better loss on held back samples that end the training. */
  readonly patience: number;
  readonly augmentation: Augmentation;
  /** Share of each layer's weights that become zero and stay it; weights that are zero in the float model stay so where it is above 0 or `keepZeros`. */
  readonly sparsity: number;
  readonly keepZeros: boolean;
  readonly seed: number;
}

export const trainingDefaults: TrainingSettings = {
  epochs: 20,
  batch: 16,
  rate: 0.0005,
  optimizer: 'adam',
  schedule: 'cosine',
  warmup: 1,
  loss: 'distillation',
  temperature: 2,
  ranges: 'learned',
  patience: 6,
  augmentation: {},
  sparsity: 0,
  keepZeros: false,
  seed: 1,
};
