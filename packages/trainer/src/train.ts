// One training from its start, or from a checkpoint, to the weights that did best on samples held back.
import { WherryError, type Graph, type TensorId } from '@wherry/graph';
import type { TrainingSample } from './batches.js';
import type { EpochFigures, TrainingState } from './checkpoint.js';
import { trainerDiagnostics } from './diagnostics.js';
import type { DifferentiableEngine } from './differentiable.js';
import type { GraphFormats, Interval } from './formats.js';
import type { Head } from './losses.js';
import { Session } from './session.js';
import { sparsityAt } from './sparsity.js';
import type { TrainingSettings } from './training-settings.js';

export interface TrainingTask {
  /** Its outputs are those of the heads, in their order. */
  readonly graph: Graph;
  /** What it was quantized from, tensor by tensor: weights that are 0 there are meant to be. */
  readonly unquantized: Graph;
  /** The float model that is followed: the same inputs and outputs. */
  readonly teacher: Graph;
  readonly heads: readonly Head[];
  readonly formats: GraphFormats;
  /** To start with, by group; what the specification fixes is left out. */
  readonly ranges: ReadonlyMap<TensorId, Interval>;
  readonly samples: readonly TrainingSample[];
  /** Not trained on: they say when to stop, and which weights to keep. */
  readonly heldBack: readonly TrainingSample[];
  /** It is known when to stop: after so many of the epochs, the last of which is kept. Nothing is held back then. */
  readonly until?: number;
}

export interface TrainingHooks {
  /** After each epoch; the first, 0, is that of what the training starts with. */
  readonly epoch?: (figures: EpochFigures) => void;
  /** Steps done of an epoch. */
  readonly step?: (done: number, of: number) => void;
  /** Given the state after each epoch; awaited. */
  readonly checkpoint?: (state: TrainingState) => Promise<void>;
  readonly resume?: TrainingState;
  /** Its reason is thrown, between two steps. */
  readonly signal?: AbortSignal;
}

export interface Trained {
  /** Real values, by the constants' ids. */
  readonly constants: ReadonlyMap<TensorId, Float32Array>;
  /** Of activations, by group. */
  readonly ranges: ReadonlyMap<TensorId, Interval>;
  /** What becomes the greatest integer of weights, one for each scale. */
  readonly magnitudes: ReadonlyMap<TensorId, readonly number[]>;
  readonly history: readonly EpochFigures[];
  /** The epoch that was kept; 0: what the training started with did best. */
  readonly kept: number;
  /** No better epoch came, so that it ended before its time. */
  readonly stoppedEarly: boolean;
}

/** The same task and settings on the same backend give the same result. Throws TRAINING_DIVERGED and TRAINING_NOTHING. */
export async function train(
  engine: DifferentiableEngine,
  task: TrainingTask,
  settings: TrainingSettings,
  hooks: TrainingHooks = {},
): Promise<Trained> {
  const session = new Session(engine, task, settings);
  try {
    if (session.isEmpty)
      throw new WherryError(trainerDiagnostics.TRAINING_NOTHING, {
        what: 'the model has neither filters nor biases that are constants',
        next: 'give the float model that this one was made from',
      });
    return await runEpochs(session, task.until, settings, hooks);
  } finally {
    session.dispose();
  }
}

async function runEpochs(
  session: Session,
  until: number | undefined,
  settings: TrainingSettings,
  hooks: TrainingHooks,
): Promise<Trained> {
  let state = hooks.resume ?? (await session.begin());
  if (hooks.resume === undefined) hooks.epoch?.(state.history[0]!);
  await session.restore(state);
  const first = firstEpoch(settings);
  const last = until ?? settings.epochs;
  const isSpent = (): boolean =>
    until === undefined && state.epoch - Math.max(first - 1, state.best.epoch) >= settings.patience;
  while (state.epoch < last && !isSpent()) {
    const figures = await session.epoch(state.epoch, hooks);
    requireFinite(figures);
    // Weights that are to be zero are not all of them before; what is kept has them.
    const isFirst = settings.sparsity > 0 && state.best.epoch === 0;
    const isBetter = figures.epoch >= first && (isFirst || figures.heldBack < state.best.heldBack);
    const isBest = until === undefined ? isBetter : figures.epoch === until;
    const current = await session.values();
    state = {
      ...current,
      epoch: figures.epoch,
      history: [...state.history, figures],
      best: isBest ? { epoch: figures.epoch, heldBack: figures.heldBack } : state.best,
      bestVariables: isBest ? current.averages : state.bestVariables,
      bestMasks: isBest ? current.masks : state.bestMasks,
    };
    hooks.epoch?.(figures);
    await hooks.checkpoint?.(state);
    // What an interrupted training goes on from, this one goes on from as well.
    await session.restore(state);
  }
  await session.restore({ ...state, variables: state.bestVariables, masks: state.bestMasks });
  return { ...session.result(), history: state.history, kept: state.best.epoch, stoppedEarly: state.epoch < last };
}

/** The first that may be kept. */
function firstEpoch({ sparsity, epochs }: TrainingSettings): number {
  let done = 0;
  while (sparsity > 0 && sparsityAt(sparsity, done, epochs) < sparsity) done += 1;
  return sparsity > 0 ? done + 1 : 1;
}

function requireFinite({ epoch, loss, heldBack }: EpochFigures): void {
  if (Number.isFinite(loss) && Number.isFinite(heldBack)) return;
  throw new WherryError(trainerDiagnostics.TRAINING_DIVERGED, {
    what: `the loss of epoch ${epoch} is ${Number.isFinite(loss) ? heldBack : loss}`,
    next: 'give a lower learning rate (--rate), a tenth of it first',
  });
}
