// After a model was quantized: trains its weights and ranges with those integers on every edge, and keeps what is better.
import { WherryError, type Engine, type Graph, type TensorData } from '@wherry/graph';
import {
  foundWithout,
  quantizeTrained,
  startOfTraining,
  trainableFormats,
  type Quantized,
  type Selected,
  type SelectOptions,
} from '@wherry/quantizer';
import { train, type DifferentiableEngine, type Head, type Trained, type TrainingSample } from '@wherry/trainer';
import type { OutputTask } from '../accuracy/output-task.js';
import type { Made } from '../deployment.js';
import type { GraphData } from '../inputs/datasets.js';
import type { Prepared } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import { fingerprintOf, readCheckpoint, writeCheckpoint } from './checkpoint-file.js';
import { trainingDiagnostics } from './diagnostics.js';
import { areLogits, headsOf, type OpenHead } from './heads.js';
import { isGain } from './judge-gain.js';
import { judgeOutputs } from './judge-outputs.js';
import { requireHonouredTraining } from './require-honoured.js';
import { trainingSamples, type TrainingSamples } from './training-samples.js';
import type { AskedTraining, JudgedOutput, TrainingRequest, TrainingSummary } from './training-request.js';

export interface Training {
  readonly asked: AskedTraining;
  readonly engine: Engine;
  readonly prepared: Prepared;
  readonly options: SelectOptions;
  readonly progress: ProgressSink;
}

const leastSamples = 20;

/** `selected`: the model as it is without training. Throws what a training is refused for. */
export async function trainMade(training: Training, selected: Selected): Promise<Made> {
  const { prepared, options, engine, asked } = training;
  const { optimized } = prepared;
  const data = await openTrainingData(training);
  const heads = headsOf(optimized, data.tasks.tasks);
  const samples = await trainingSamples(optimized, data, heads);
  requireSamples(asked.request, samples, data.name);
  await requireOthers(training, data);
  requireHonouredTraining({
    graph: optimized,
    tasks: data.tasks.tasks,
    heads,
    known: heads.map((_, i) => samples.samples.some(({ truths }) => truths[i] !== undefined)),
    settings: asked.request.settings,
  });
  const first = await withoutHeldBack(training, selected, samples);
  const formats = trainableFormats(first.float, first.plan, options);
  const start = startOfTraining(first.float, first, selected.settings.weights !== undefined);
  const { trained, engineName } = await run(
    training,
    samples,
    await measured(training, data.tasks.tasks, heads, samples),
    { start, unquantized: first.float, formats },
  );
  const after = quantizeTrained(first.float, trained, formats, options);
  const graphs = { float: optimized, before: first.graph, after: after.graph };
  const outputs = await judgeOutputs(graphs, engine, samples.judging, data.tasks.tasks, asked.request.settings.loss);
  const summary = summaryOf(asked.request, samples, trained, engineName, outputs);
  const { graph, plan, tensorOf, float, ...selection } = selected;
  const model = summary.taken ? after : { graph, plan, tensorOf, float };
  return { ...model, selection, mix: null, training: summary };
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
  const keyOf = (inputs: readonly TensorData[]): string => inputs.map((values) => values.join()).join(';');
  const keys = new Set([...heldBack, ...judging].map(({ inputs }) => keyOf(inputs)));
  const others = reservoir.samples.filter(({ inputs }) => !keys.has(keyOf(inputs)));
  return foundWithout(optimized, calibration, engine, others, options, selected);
}

function openTrainingData({ asked, prepared }: Training): Promise<GraphData> {
  const { data } = asked.request;
  const { calibrationData } = prepared.data!;
  return data === undefined ? Promise.resolve(calibrationData) : asked.openData(data, calibrationData.alike);
}

async function requireOthers({ prepared }: Training, trained: GraphData): Promise<void> {
  const { evaluationData } = prepared.data!;
  if ((await evaluationData.dataset.sha256()) !== (await trained.dataset.sha256())) return;
  throw new WherryError(trainingDiagnostics.TRAINING_EVALUATION, {
    what: 'the samples to evaluate are those that are trained on',
    where: evaluationData.name,
    next: 'give other samples with --evaluation',
  });
}

function requireSamples(
  { settings }: TrainingRequest,
  { samples, heldBack, judging }: TrainingSamples,
  name: string,
): void {
  const held = heldBack.length + judging.length;
  if (samples.length + held < leastSamples || heldBack.length === 0 || judging.length === 0)
    throw new WherryError(trainingDiagnostics.TRAINING_TOO_FEW, {
      what: `there are ${samples.length + held} samples, ${held} of which would be held back`,
      where: name,
      next: `give ${leastSamples} or more, better several hundred, with --calibration or --data`,
    });
  if (settings.loss !== 'distillation' && !areLabelled([...samples, ...heldBack, ...judging]))
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

async function run(
  { asked: { request, host, checkpointOf }, prepared, options, progress }: Training,
  samples: TrainingSamples,
  heads: readonly Head[],
  { start, unquantized, formats }: Start,
): Promise<{ readonly trained: Trained; readonly engineName: string }> {
  const engine = (await host.differentiable()) as DifferentiableEngine;
  const { settings } = request;
  const checkpoint = checkpointOf(options.scheme);
  const outputs = heads.map(({ id }) => id);
  const [graph, teacher] = [start, prepared.optimized].map((each) => ({ ...each, outputs }));
  const { ranges } = formats;
  const origin = {
    graph: graph!,
    teacher: teacher!,
    ranges,
    scheme: options.scheme,
    settings,
    engine: engine.name,
    samples: samples.samples,
    heldBack: samples.heldBack,
    heads,
    formats,
  };
  const fingerprint = checkpoint === undefined ? '' : fingerprintOf(origin);
  const resume = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint, fingerprint);
  const during = host.during ?? ((_, write) => write());
  const task = { ...samples, graph: graph!, unquantized, teacher: teacher!, heads, formats, ranges };
  progress.begin('train', settings.epochs);
  const trained = await train(engine, task, settings, {
    ...(resume === undefined ? {} : { resume }),
    ...(host.signal === undefined ? {} : { signal: host.signal }),
    ...(checkpoint === undefined
      ? {}
      : {
          checkpoint: (state) =>
            during(`the checkpoint in ${checkpoint}`, () => writeCheckpoint(checkpoint, state, fingerprint)),
        }),
    epoch: ({ epoch, loss, heldBack }) => {
      progress.advance(epoch);
      progress.note(`epoch ${epoch}: loss ${loss.toPrecision(3)}, ${heldBack.toPrecision(3)} on samples held back`);
    },
  });
  progress.end();
  return { trained, engineName: engine.name };
}

interface Start {
  readonly start: Graph;
  readonly unquantized: Graph;
  readonly formats: ReturnType<typeof trainableFormats>;
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
): TrainingSummary {
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
    // Zeros are asked for, whatever they cost.
    taken: settings.sparsity > 0 || (kept > 0 && isGain(outputs.map(({ verdict }) => verdict))),
  };
}
