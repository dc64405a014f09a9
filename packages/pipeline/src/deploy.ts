// The main job from end to end: read this function first, every stage is one line of it.
import { graphCost, WherryError, type Diagnostic, type Engine, type Graph } from '@wherry/graph';
import { memoryTargetOf, planMemory, type MemoryTarget } from '@wherry/memory-planner';
import { checkGraph, findProfile, usableRows, type ProfileLibrary, type Target } from '@wherry/profiles';
import { calibrate, judgedSamples, optimize, refuseQuantized, SampleReservoir, select, type SelectOptions } from '@wherry/quantizer';
import { FloatOutputs } from './accuracy/float-outputs.js';
import { measureAccuracy, type LabelledSample } from './accuracy/measure-accuracy.js';
import type { DeployHost, DeployRequest, Deployment } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';
import { exportFiles } from './export-files.js';
import { accuracyWarnings, requireAccuracy } from './accuracy/accuracy-gate.js';
import { arenaBytes, fitOf, requireFit } from './fit.js';
import { openGraphData, watchSamples } from './inputs/datasets.js';
import { importModelFile } from './inputs/import-model-file.js';
import { readModelFile } from './inputs/read-model-file.js';
import type { ProgressSink } from './progress.js';
import { requireExportable } from './require-exportable.js';
import { responsiveEngine } from './responsive-engine.js';
import { encodeTflite, profileFingerprint } from './tflite-file.js';

/**
 * Nothing is written here: `files` of the result is the output set. Throws WherryError for whatever the model, the data
 * or the target does not allow.
 */
export async function deploy(
  request: DeployRequest, library: ProfileLibrary, host: DeployHost, progress: ProgressSink,
): Promise<Deployment> {
  const target = findProfile(library, request.profile);
  const loading = loadEngine(host);
  const modelFile = await readModelFile(request.model);
  const { graph: imported, source } = importModelFile(modelFile);
  refuseQuantized(imported);
  const { graph: optimized, steps } = optimize(imported);
  requireExportable(request, optimized);
  const options = selectOptions(request, target);

  const dataOptions = { limit: request.samples, preprocessing: request.preprocessing };
  const calibrationData = await openGraphData(request.calibration, optimized, dataOptions);
  const evaluationData = request.evaluation === undefined ? calibrationData : await openGraphData(request.evaluation, optimized, dataOptions);
  const engine = responsiveEngine(await loading, host.signal);

  const watched = watchSamples(calibrationData);
  const reservoir = new SampleReservoir(judgedSamples(optimized));
  progress.begin('calibrate', calibrationData.dataset.count);
  const known = evaluationData === calibrationData ? new FloatOutputs() : undefined;
  const calibration = await calibrate(optimized, engine, inputsOf(watched.samples), {
    reservoir,
    progress: (done) => progress.advance(done),
    outputs: (outputs) => known?.keep(outputs),
  });
  progress.end();

  progress.begin('quantize');
  const quantized = await select(optimized, calibration, engine, reservoir.samples, options);
  requireLegal(target, quantized.graph);
  progress.end();

  const memory = planMemory(quantized.graph, requireMemoryTarget(target));
  const calibrationReport = await watched.report();
  const tflite = encodeTflite(quantized.graph, memory.offline, {
    sourceModel: modelFile.sha256, calibrationSet: calibrationReport.sha256, profile: profileFingerprint(target), tool: host.toolVersion,
  });
  const fit = fitOf(target, tflite.length, arenaBytes(target, memory));
  requireFit(target, fit);

  const evaluated = evaluationData === calibrationData ? undefined : watchSamples(evaluationData);
  progress.begin('compare with float', evaluationData.dataset.count);
  const accuracy = await measureAccuracy(optimized, quantized.graph, engine, evaluated?.samples ?? calibrationData.dataset.samples(), { known, progress: (done) => progress.advance(done) });
  progress.end();
  requireAccuracy(target, accuracy);

  const run = {
    request, target, toolVersion: host.toolVersion, engineName: engine.name, modelFile, source, imported, optimized, steps,
    calibration: calibrationReport, evaluation: (await evaluated?.report()) ?? calibrationReport, quantized, memory, fit, tflite, accuracy,
    cost: graphCost(quantized.graph),
    warnings: [...calibrationReport.lint.warnings, ...accuracyWarnings(request, accuracy)] satisfies readonly Diagnostic[],
  };
  return { ...run, files: exportFiles(run) };
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

function selectOptions(request: DeployRequest, target: Target): SelectOptions {
  const { profile } = target;
  if (!profile.schemes.some(({ scheme }) => scheme === 'int8')) {
    throw new WherryError(pipelineDiagnostics.PROFILE_SCHEME_UNSUPPORTED, {
      what: `${profile.id} takes ${profile.schemes.map(({ scheme }) => scheme).join(', ')}`,
      where: `device profile ${profile.id}`,
      next: 'choose a profile that takes int8',
    });
  }
  return {
    method: request.method,
    percentile: request.percentile,
    correctBias: request.biasCorrection,
    equalize: request.equalization,
    inputType: request.inputType ?? (profile.io.input === 'float32' ? 'float32' : 'int8'),
    outputType: request.outputType ?? (profile.io.output === 'float32' ? 'float32' : 'int8'),
    granularity: (kind) => {
      const rows = usableRows(target, kind).filter((row) => row.activations === 'int8' && row.granularity !== undefined);
      return rows.some((row) => row.granularity!.includes('per-axis')) || rows.length === 0 ? 'per-axis' : 'per-tensor';
    },
  };
}

function requireMemoryTarget({ profile }: Target): MemoryTarget {
  const target = memoryTargetOf(profile);
  if (target !== undefined) return target;
  throw new WherryError(pipelineDiagnostics.RUNTIME_WITHOUT_ARENA, {
    what: `the arena of ${profile.runtime.name} cannot be foretold`,
    where: `device profile ${profile.id}`,
    next: 'choose a profile that runs TensorFlow Lite Micro',
  });
}

/** Nothing illegal leaves: the first rule that the target's kernels break, with how many more there are. */
function requireLegal(target: Target, graph: Graph): void {
  const [first, ...more] = checkGraph(target, graph);
  if (first === undefined) return;
  throw new WherryError(pipelineDiagnostics.TARGET_CANNOT_RUN, {
    ...first,
    what: more.length === 0 ? first.what : `${first.what} (and ${more.length} more such layers: ${more.slice(0, 3).map((each) => each.where).join(', ')})`,
  });
}
