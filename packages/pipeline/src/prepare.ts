// The second stage of the main job: the model runs in float on the samples; the same for whatever comes afterwards.
import type { Engine } from '@wherry/graph';
import {
  calibrate,
  ConstancyWatch,
  judgedSamples,
  RangeParts,
  SampleReservoir,
  type Collected,
  type CrossCalibration,
} from '@wherry/quantizer';
import { classReader } from './accuracy/class-reader.js';
import { FloatOutputs } from './accuracy/float-outputs.js';
import { forcedChoices } from './accuracy/forced-choices.js';
import { likeness } from './accuracy/likeness.js';
import type { LabelledSample } from './accuracy/measure-accuracy.js';
import type { DeployRequest } from './deployment.js';
import {
  dataSettings,
  openGraphData,
  watchSamples,
  withLikeness,
  type GraphData,
  type SeenData,
} from './inputs/datasets.js';
import type { RunEngine } from './lanes/run-engine.js';
import type { ProgressSink } from './progress.js';
import type { ReadModel } from './read-model.js';
import { requireClassesForNames } from './require-exportable.js';
import type { AskedTraining } from './training/training-request.js';

/** A model that was read, rewritten and run in float on what samples there are. */
export interface Prepared extends ReadModel {
  readonly engine: Engine;
  /** Undefined where no data was given. */
  readonly data: PreparedData | undefined;
  /** Class names that the user gave. */
  readonly labels: readonly string[] | undefined;
  /** Where weights are to be trained. */
  readonly training?: AskedTraining;
  /** Single samples and values are to be kept for a page. */
  readonly keepsEvidence?: boolean;
  /** Options by which the user decided what is otherwise measured. */
  readonly forced: readonly string[];
}

export interface PreparedData {
  readonly calibration: CrossCalibration;
  readonly constancy: ConstancyWatch;
  /** What single parts of the samples would have given. */
  readonly parts: RangeParts;
  readonly collected: Collected;
  /** Samples to judge candidates by. */
  readonly reservoir: SampleReservoir;
  readonly calibrationData: GraphData;
  readonly calibrationSeen: SeenData;
  /** It was given as such: without, and where no range is needed, the samples to evaluate take its place. */
  readonly isCalibrationGiven: boolean;
  /** The calibration data where no other is given. */
  readonly evaluationData: GraphData;
  /** What the float model made of the calibration samples, where they are evaluated too. */
  readonly known: FloatOutputs | undefined;
}

/** `collected`: what calibration has to find out; undefined where no scheme needs ranges, so that data may be missing. */
export async function prepare(
  request: DeployRequest,
  model: ReadModel,
  engine: RunEngine,
  collected: Collected | undefined,
  progress: ProgressSink,
): Promise<Prepared> {
  const prepared = { ...model, engine, labels: request.labels, forced: forcedChoices(request) };
  // Where ranges are needed, who opens the data asks for what is missing.
  if (collected === undefined && request.calibration === undefined && request.evaluation === undefined)
    return { ...prepared, data: undefined };
  const named = {
    ...request,
    calibration: request.calibration ?? (collected === undefined ? request.evaluation : undefined),
  };
  const data = await prepareData(named, model, engine, collected ?? rangesOnly, progress);
  return { ...prepared, data: { ...data, isCalibrationGiven: request.calibration !== undefined } };
}

/** What costs next to nothing. */
const rangesOnly: Collected = { histograms: false, channels: false, moving: false };

async function prepareData(
  request: DeployRequest,
  { optimized }: ReadModel,
  engine: RunEngine,
  collected: Collected,
  progress: ProgressSink,
): Promise<Omit<PreparedData, 'isCalibrationGiven'>> {
  const { calibrationData, evaluationData } = await openData(request, optimized, engine);
  requireClassesForNames(request, evaluationData.tasks, optimized);
  const watched = watchSamples(calibrationData);
  const reservoir = new SampleReservoir(judgedSamples(optimized, request.budgetSeconds));
  const constancy = new ConstancyWatch(optimized);
  const parts = new RangeParts(optimized, classReader(calibrationData.tasks, watched.labels));
  progress.begin('calibrate', calibrationData.dataset.count);
  const known = evaluationData === calibrationData ? new FloatOutputs() : undefined;
  const calibration = await calibrate(optimized, engine, inputsOf(watched.samples), {
    count: calibrationData.dataset.count,
    reservoir,
    constancy,
    parts,
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
    calibration,
    constancy,
    parts,
    collected,
    reservoir,
    calibrationData,
    calibrationSeen,
    evaluationData,
    known,
  };
}

async function openData(
  request: DeployRequest,
  optimized: ReadModel['optimized'],
  engine: RunEngine,
): Promise<Pick<PreparedData, 'calibrationData' | 'evaluationData'>> {
  const dataOptions = dataSettings(request);
  const openedCalibration = await openGraphData(request.calibration, optimized, dataOptions);
  const openedEvaluation =
    request.evaluation === undefined || request.evaluation === request.calibration
      ? openedCalibration
      : await openGraphData(request.evaluation, optimized, dataOptions);
  const alike = await likeness(optimized, engine, openedCalibration.dataset.samples());
  const calibrationData = withLikeness(openedCalibration, optimized, alike);
  const evaluationData =
    openedEvaluation === openedCalibration ? calibrationData : withLikeness(openedEvaluation, optimized, alike);
  return { calibrationData, evaluationData };
}

async function* inputsOf(samples: AsyncIterable<LabelledSample>): AsyncGenerator<LabelledSample['inputs'], void> {
  for await (const { inputs } of samples) yield inputs;
}
