// The main job from end to end: read `attempt` first, every stage is one line of it.
import { graphCost } from '@wherry/graph';
import { planMemory, type MemoryPlan, type MemoryTarget } from '@wherry/memory-planner';
import { findProfile, type ProfileLibrary } from '@wherry/profiles';
import { collectedFor, select, settingsText } from '@wherry/quantizer';
import { judge } from './accuracy/judge.js';
import { measureAccuracy } from './accuracy/measure-accuracy.js';
import type { DeployHost, DeployRequest, Deployment, Verdict } from './deployment.js';
import { exportFiles } from './export-files.js';
import { arenaBytes, fitOf, fits } from './fit.js';
import { foresee } from './foresee.js';
import { watchSamples } from './inputs/datasets.js';
import { openEngine, type RunEngine } from './lanes/run-engine.js';
import { prepare } from './prepare.js';
import type { ProgressSink } from './progress.js';
import { readModel } from './read-model.js';
import { refuse, refuseForeseen, type Asked } from './refuse.js';
import { selfTestCases } from './self-test.js';
import { avoidFaults, requireLegal, requireMemoryTarget, selectOptions } from './target-rules.js';
import { encodeTflite, profileFingerprint } from './tflite-file.js';

/** As `attempt`, for callers that want the files or nothing: what does not fit or loses too much accuracy is thrown as well. */
export async function deploy(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Deployment> {
  const { deployment, refused } = await attempt(request, library, host, progress);
  if (refused !== undefined) throw refused.refusal;
  return deployment;
}

/**
 * Nothing is written here: `files` of the deployment is the output set. Throws WherryError for whatever the model, the data
 * or the target does not allow; what does not fit the device or loses too much accuracy there is a verdict with a report.
 */
export async function attempt(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Verdict> {
  try {
    return await attemptWith(request, library, host, progress);
  } finally {
    await host.rest?.();
  }
}

async function attemptWith(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Verdict> {
  const target = findProfile(library, request.profile);
  const options = selectOptions(request, target);
  const memoryTarget = requireMemoryTarget(target);
  const model = await readModel(request, host);
  const asked = { request, library, target, options, toolVersion: host.toolVersion, ...model };
  const foreseen = foresee(model.optimized, target, memoryTarget, options, host.toolVersion);
  if (!fits(foreseen.least)) return refuseForeseen(asked, foreseen);
  const engine = await openEngine(host, model.optimized, request);
  try {
    return await attemptOn(engine, asked, { target: memoryTarget, foreseen: foreseen.memory }, host, progress);
  } finally {
    await engine.rest();
  }
}

/** The part for which the model has to run. */
async function attemptOn(
  engine: RunEngine,
  asked: Asked,
  device: { readonly target: MemoryTarget; readonly foreseen: MemoryPlan },
  host: DeployHost,
  progress: ProgressSink,
): Promise<Verdict> {
  const { request, target, options } = asked;
  const prepared = await prepare(request, asked, engine, collectedFor(options), progress);
  const { optimized, calibrationData, calibrationSeen, evaluationData } = prepared;

  progress.begin('quantize');
  const selected = await select(optimized, prepared.calibration, engine, prepared.reservoir.samples, options, (trial) =>
    progress.note(`try ${settingsText(trial)}`),
  );
  const { quantized, steps: avoided } = avoidFaults(target, selected);
  requireLegal(target, quantized.graph);
  progress.end();

  const memory = planMemory(quantized.graph, device.target, { known: device.foreseen });
  const tflite = encodeTflite(quantized.graph, memory.offline, {
    sourceModel: prepared.modelFile.sha256,
    calibrationSet: calibrationSeen.report.sha256,
    profile: profileFingerprint(target),
    tool: host.toolVersion,
  });
  const sized = {
    ...asked,
    engineName: engine.name,
    steps: [...prepared.steps, ...avoided],
    calibration: calibrationSeen.report,
    quantized,
    memory,
    fit: fitOf(target, tflite.length, arenaBytes(target, memory)),
    cost: graphCost(quantized.graph),
  };
  if (!fits(sized.fit)) return refuse(sized);

  const evaluated =
    evaluationData === calibrationData ? undefined : watchSamples(evaluationData, sized.calibration.lint.inputs);
  progress.begin('compare with float', evaluationData.dataset.count);
  const samples = evaluated?.samples ?? calibrationData.dataset.samples();
  const accuracy = await measureAccuracy(optimized, quantized.graph, engine, samples, {
    tasks: evaluationData.tasks.tasks,
    known: prepared.known,
    progress: (done) => progress.advance(done),
  });
  progress.end();
  const evaluation = (await evaluated?.seen())?.report ?? sized.calibration;
  const { warnings, classNames, refusal } = await judge(target, prepared, quantized, evaluation, accuracy);
  if (refusal !== undefined) return refuse(sized, { refusal, evaluation, accuracy, warnings });

  const selfTest = await selfTestCases(quantized.graph, engine, prepared.reservoir.samples);
  const run = { ...sized, evaluation, tflite, accuracy, selfTest, warnings, classNames };
  return { deployment: { ...run, files: exportFiles(run) } };
}
