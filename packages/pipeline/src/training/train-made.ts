// After a model was quantized: trains its weights and ranges with those integers on every edge, and keeps what is better.
import { WherryError } from '@wherry/graph';
import { foundWithout, type Quantized, type Selected } from '@wherry/quantizer';
import type { Head, Trained, TrainingSample } from '@wherry/trainer';
import type { OutputTask } from '../accuracy/output-task.js';
import type { Made } from '../deployment.js';
import type { GraphData } from '../inputs/datasets.js';
import { trainingDiagnostics } from './diagnostics.js';
import { areLogits, headsOf, type OpenHead } from './heads.js';
import { isGain } from './judge-gain.js';
import { judgeOutputs } from './judge-outputs.js';
import { requireHonouredTraining } from './require-honoured.js';
import { sampleKey, sharedWith, type SharedSamples } from './shared-samples.js';
import { trainFrom, type FromTask, type TrainedModel, type Training } from './train-from.js';
import { trainingSamples, type HeldBack, type TrainingSamples } from './training-samples.js';
import type { JudgedOutput, TrainedAgain, TrainingRequest, TrainingSummary } from './training-request.js';

const leastSamples = 20;

/** `selected`: the model as it is without training. Throws what a training is refused for. */
export async function trainMade(training: Training, selected: Selected): Promise<Made> {
  const { prepared, engine, asked } = training;
  const { optimized } = prepared;
  const { settings } = asked.request;
  const data = await openTrainingData(training);
  const openHeads = headsOf(optimized, data.tasks.tasks);
  const samples = await trainingSamples(optimized, data, openHeads);
  requireSamples(asked.request, samples, data.name);
  const shared = await sharedWith(prepared.data!.evaluationData, samples.all);
  requireHonouredTraining({
    graph: optimized,
    tasks: data.tasks.tasks,
    heads: openHeads,
    known: openHeads.map((_, i) => samples.samples.some(({ truths }) => truths[i] !== undefined)),
    settings,
  });
  const heads = await measured(training, data.tasks.tasks, openHeads, samples);
  const keepsWeights = selected.settings.weights !== undefined;
  const first = await withoutHeldBack(training, selected, samples);
  const once = await trainFrom(training, first, { ...samples, heads, keepsWeights });
  const graphs = { float: optimized, before: first.graph, after: once.model.graph };
  const judged = (): AsyncIterable<HeldBack> => streamed(samples.judging);
  const outputs = await judgeOutputs(graphs, engine, judged, data.tasks.tasks, settings.loss);
  const { kept } = once.trained;
  const isProven = settings.sparsity > 0 || (kept > 0 && isGain(outputs.map(({ verdict }) => verdict)));
  const again = isProven
    ? await trainAgain(training, selected, { ...samples, heads, keepsWeights, until: kept }, shared)
    : undefined;
  // Zeros are asked for, whatever they cost.
  const model = again !== undefined && (settings.sparsity > 0 || !again.lost) ? again.model : undefined;
  const { graph, plan, tensorOf, float, ...selection } = selected;
  return {
    ...(model ?? { graph, plan, tensorOf, float }),
    selection,
    mix: null,
    training: {
      ...summaryOf(asked.request, samples, once.trained, once.engineName, outputs),
      again: again?.summary ?? null,
      taken: model !== undefined,
    },
  };
}

/**
 * What is held back is needed no more once it has said for how long to train and that it is worth it: trained on all samples, from
 * what was found with all. Whether that one gains as well is told by samples that nothing was made from or chosen by.
 */
async function trainAgain(
  training: Training,
  selected: Selected,
  { all, ...task }: Omit<FromTask, 'samples' | 'heldBack'> & Pick<TrainingSamples, 'all'>,
  { shared, of }: SharedSamples,
): Promise<{ readonly model: TrainedModel; readonly summary: TrainedAgain; readonly lost: boolean }> {
  const { asked, engine, prepared } = training;
  const { dataset, tasks } = prepared.data!.evaluationData;
  const { model } = await trainFrom(training, selected, { ...task, samples: all, heldBack: [] });
  const graphs = { float: prepared.optimized, before: selected.graph, after: model.graph };
  const { loss } = asked.request.settings;
  const outputs = await judgeOutputs(graphs, engine, () => dataset.samples(), tasks.tasks, loss);
  const lost = outputs.some(({ verdict }) => verdict === 'loss');
  return { model, lost, summary: { samples: all.length, evaluated: of, shared, outputs } };
}

async function* streamed(samples: readonly HeldBack[]): AsyncGenerator<HeldBack, void> {
  yield* samples;
}

/**
 * What was found for the samples held back looks better on them than it is, and no training would come up to it: so weights
 * are found once more without them, to start with and to be compared with.
 */
function withoutHeldBack(
  { engine, options, prepared: { optimized, data } }: Training,
  selected: Selected,
  { heldBack, judging }: TrainingSamples,
): Promise<Quantized> {
  const { calibration, reservoir } = data!;
  const keys = new Set([...heldBack, ...judging].map(({ inputs }) => sampleKey(inputs)));
  const others = reservoir.samples.filter(({ inputs }) => !keys.has(sampleKey(inputs)));
  return foundWithout(optimized, calibration, engine, others, options, selected);
}

function openTrainingData({ asked, prepared }: Training): Promise<GraphData> {
  const { data } = asked.request;
  const { calibrationData } = prepared.data!;
  return data === undefined ? Promise.resolve(calibrationData) : asked.openData(data, calibrationData.alike);
}

function requireSamples(
  { settings }: TrainingRequest,
  { samples, heldBack, judging, all }: TrainingSamples,
  name: string,
): void {
  const held = heldBack.length + judging.length;
  if (samples.length + held < leastSamples || heldBack.length === 0 || judging.length === 0)
    throw new WherryError(trainingDiagnostics.TRAINING_TOO_FEW, {
      what: `there are ${samples.length + held} samples, ${held} of which would be held back`,
      where: name,
      next: `give ${leastSamples} or more, better several hundred, with --calibration or --data`,
    });
  if (settings.loss !== 'distillation' && !areLabelled(all))
    throw new WherryError(trainingDiagnostics.TRAINING_LABELS, {
      what: `--loss ${settings.loss} is asked for, and not every sample has a label or target that goes with the outputs`,
      where: name,
      next: 'give labelled samples, or take --loss distillation, which follows the float model',
    });
}

/** Of an output of which some samples say nothing neither a batch nor what is held back would mean what it says. */
export function areLabelled(samples: readonly Pick<TrainingSample, 'truths'>[]): boolean {
  const known = samples[0]!.truths.map((_, head) => samples.filter(({ truths }) => truths[head] !== undefined).length);
  return known.includes(samples.length) && known.every((count) => count === 0 || count === samples.length);
}

/** With the mean square of what the float model gives there, and what it tells of a score whose threshold is not known. */
async function measured(
  { engine, asked, prepared: { optimized } }: Training,
  tasks: readonly OutputTask[],
  heads: readonly OpenHead[],
  { heldBack }: TrainingSamples,
): Promise<readonly Head[]> {
  const executor = await engine.prepare({ ...optimized, outputs: heads.map(({ id }) => id) });
  const sums = heads.map(() => 0);
  const given = heads.map((): number[] => []);
  try {
    for (const { inputs } of heldBack)
      (await executor.run(inputs)).forEach((values, head) => {
        for (const value of values as Float32Array) sums[head]! += value ** 2 / values.length;
        given[head]!.push((values as Float32Array)[0]!);
      });
  } finally {
    executor.dispose();
  }
  const byTruths = asked.request.settings.loss !== 'distillation';
  return heads.map((head, i) => {
    const task = tasks[i]!;
    const truths = heldBack.flatMap((each) => each.truths[i]?.[0] ?? []);
    const isOpen = byTruths && task.kind === 'binary' && task.threshold === undefined && task.labelled;
    const kind = isOpen && areLogits(given[i]!, truths) ? 'sigmoid' : head.kind;
    return { ...head, kind, power: sums[i]! / heldBack.length };
  });
}

function summaryOf(
  { settings }: TrainingRequest,
  { samples, heldBack, judging }: TrainingSamples,
  { history, kept, stoppedEarly }: Trained,
  engine: string,
  outputs: readonly JudgedOutput[],
): Omit<TrainingSummary, 'again' | 'taken'> {
  const lossOf = (epoch: number): number => history.find((each) => each.epoch === epoch)!.heldBack;
  return {
    settings,
    engine,
    samples: samples.length,
    heldBack: heldBack.length,
    epochs: history.at(-1)!.epoch,
    keptEpoch: kept,
    stoppedEarly,
    loss: { before: lossOf(0), after: lossOf(kept) },
    judging: judging.length,
    outputs,
  };
}
