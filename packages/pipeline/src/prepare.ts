// The second stage of the main job: the model runs in float on the calibration samples; the same for whatever comes afterwards.
import type { Engine } from '@wherry/graph';
import {
  calibrate,
  ConstancyWatch,
  judgedSamples,
  SampleReservoir,
  type Collected,
  type CrossCalibration,
} from '@wherry/quantizer';
import { FloatOutputs } from './accuracy/float-outputs.js';
import { forcedChoices } from './accuracy/forced-choices.js';
import { likeness } from './accuracy/likeness.js';
import type { LabelledSample } from './accuracy/measure-accuracy.js';
import type { DeployRequest } from './deployment.js';
import { openGraphData, watchSamples, withLikeness, type GraphData, type SeenData } from './inputs/datasets.js';
import type { RunEngine } from './lanes/run-engine.js';
import type { ProgressSink } from './progress.js';
import type { ReadModel } from './read-model.js';
import { requireClassesForNames } from './require-exportable.js';

/** A model that was read, rewritten and run in float on the calibration samples. */
export interface Prepared extends ReadModel {
  readonly engine: Engine;
  readonly calibration: CrossCalibration;
  readonly constancy: ConstancyWatch;
  /** Samples to judge candidates by. */
  readonly reservoir: SampleReservoir;
  readonly calibrationData: GraphData;
  readonly calibrationSeen: SeenData;
  /** The calibration data where no other is given. */
  readonly evaluationData: GraphData;
  /** Class names that the user gave. */
  readonly labels: readonly string[] | undefined;
  /** Options by which the user decided what is otherwise measured. */
  readonly forced: readonly string[];
  /** What the float model made of the calibration samples, where they are evaluated too. */
  readonly known: FloatOutputs | undefined;
}

/** `collected`: what calibration has to find out. */
export async function prepare(
  request: DeployRequest,
  model: ReadModel,
  engine: RunEngine,
  collected: Collected,
  progress: ProgressSink,
): Promise<Prepared> {
  const { optimized } = model;
  const dataOptions = { limit: request.samples, preprocessing: request.preprocessing, classes: request.labels };
  const openedCalibration = await openGraphData(request.calibration, optimized, dataOptions);
  const openedEvaluation =
    request.evaluation === undefined
      ? openedCalibration
      : await openGraphData(request.evaluation, optimized, dataOptions);
  const alike = await likeness(optimized, engine, openedCalibration.dataset.samples());
  const calibrationData = withLikeness(openedCalibration, optimized, alike);
  const evaluationData =
    openedEvaluation === openedCalibration ? calibrationData : withLikeness(openedEvaluation, optimized, alike);
  requireClassesForNames(request, evaluationData.tasks, optimized);

  const watched = watchSamples(calibrationData);
  const reservoir = new SampleReservoir(judgedSamples(optimized, request.budgetSeconds));
  const constancy = new ConstancyWatch(optimized);
  progress.begin('calibrate', calibrationData.dataset.count);
  const known = evaluationData === calibrationData ? new FloatOutputs() : undefined;
  const calibration = await calibrate(optimized, engine, inputsOf(watched.samples), {
    count: calibrationData.dataset.count,
    reservoir,
    constancy,
    collected,
    ...(engine.openCalibration && { openLanes: engine.openCalibration }),
    progress: (done) => progress.advance(done),
    outputs: (outputs) => known?.keep(outputs),
  });
  progress.end();
  // The next stage runs integers.
  await engine.rest();
  const calibrationSeen = await watched.seen();
  return {
    ...model,
    engine,
    calibration,
    constancy,
    reservoir,
    calibrationData,
    calibrationSeen,
    evaluationData,
    labels: request.labels,
    forced: forcedChoices(request),
    known,
  };
}

async function* inputsOf(samples: AsyncIterable<LabelledSample>): AsyncGenerator<LabelledSample['inputs'], void> {
  for await (const { inputs } of samples) yield inputs;
}
