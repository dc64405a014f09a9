// The first half of the main job: everything that is the same whatever the numbers become afterwards.
import type { Diagnostic, Engine, Graph } from '@wherry/graph';
import type { ModelSource } from '@wherry/importers';
import {
  calibrate,
  ConstancyWatch,
  judgedSamples,
  optimize,
  refuseQuantized,
  SampleReservoir,
  type Collected,
  type CrossCalibration,
  type OptimizationStep,
} from '@wherry/quantizer';
import { FloatOutputs } from './accuracy/float-outputs.js';
import { forcedChoices } from './accuracy/forced-choices.js';
import { likeness } from './accuracy/likeness.js';
import type { LabelledSample } from './accuracy/measure-accuracy.js';
import type { DeployHost, DeployRequest } from './deployment.js';
import { openGraphData, watchSamples, withLikeness, type GraphData, type SeenData } from './inputs/datasets.js';
import { importModelFile } from './inputs/import-model-file.js';
import { readModelFile, type ModelFile } from './inputs/read-model-file.js';
import type { ProgressSink } from './progress.js';
import { requireClassesForNames, requireExportable } from './require-exportable.js';
import { responsiveEngine } from './responsive-engine.js';

/** A model that was read, rewritten and run in float on the calibration samples. */
export interface Prepared {
  readonly engine: Engine;
  readonly modelFile: ModelFile;
  readonly source: ModelSource;
  readonly imported: Graph;
  /** What importing left open or changed. */
  readonly importWarnings: readonly Diagnostic[];
  readonly optimized: Graph;
  readonly steps: readonly OptimizationStep[];
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
  collected: Collected,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Prepared> {
  const loading = loadEngine(host);
  const modelFile = await readModelFile(request.model);
  const { graph: imported, source, warnings: importWarnings } = importModelFile(modelFile);
  refuseQuantized(imported);
  const { graph: optimized, steps } = optimize(imported);
  requireExportable(request, optimized);

  const dataOptions = { limit: request.samples, preprocessing: request.preprocessing, classes: request.labels };
  const openedCalibration = await openGraphData(request.calibration, optimized, dataOptions);
  const openedEvaluation =
    request.evaluation === undefined
      ? openedCalibration
      : await openGraphData(request.evaluation, optimized, dataOptions);
  const engine = responsiveEngine(await loading, host.signal);
  const alike = await likeness(optimized, engine, openedCalibration.dataset.samples());
  const calibrationData = withLikeness(openedCalibration, optimized, alike);
  const evaluationData =
    openedEvaluation === openedCalibration ? calibrationData : withLikeness(openedEvaluation, optimized, alike);
  requireClassesForNames(request, evaluationData.tasks, optimized);

  const watched = watchSamples(calibrationData);
  const reservoir = new SampleReservoir(judgedSamples(optimized));
  const constancy = new ConstancyWatch(optimized);
  progress.begin('calibrate', calibrationData.dataset.count);
  const known = evaluationData === calibrationData ? new FloatOutputs() : undefined;
  const calibration = await calibrate(optimized, engine, inputsOf(watched.samples), {
    count: calibrationData.dataset.count,
    reservoir,
    constancy,
    collected,
    progress: (done) => progress.advance(done),
    outputs: (outputs) => known?.keep(outputs),
  });
  progress.end();
  const calibrationSeen = await watched.seen();
  return {
    engine,
    modelFile,
    source,
    imported,
    importWarnings,
    optimized,
    steps,
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

/** Begins early, as the machine compiles the engine beside our own work; what fails is thrown where the engine is awaited. */
function loadEngine(host: DeployHost): Promise<Engine> {
  const loading = host.engine();
  loading.catch(() => undefined);
  return loading;
}

async function* inputsOf(samples: AsyncIterable<LabelledSample>): AsyncGenerator<LabelledSample['inputs'], void> {
  for await (const { inputs } of samples) yield inputs;
}
