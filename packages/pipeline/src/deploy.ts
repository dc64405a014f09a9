// The main job from end to end: read this function first, every stage is one line of it.
import { graphCost } from '@wherry/graph';
import { planMemory } from '@wherry/memory-planner';
import { findProfile, type ProfileLibrary } from '@wherry/profiles';
import { collectedFor, select } from '@wherry/quantizer';
import { judge } from './accuracy/judge.js';
import { measureAccuracy } from './accuracy/measure-accuracy.js';
import type { DeployHost, DeployRequest, Deployment } from './deployment.js';
import { exportFiles } from './export-files.js';
import { arenaBytes, fitOf, requireFit } from './fit.js';
import { watchSamples } from './inputs/datasets.js';
import { prepare } from './prepare.js';
import type { ProgressSink } from './progress.js';
import { selfTestCases } from './self-test.js';
import { avoidFaults, requireLegal, requireMemoryTarget, selectOptions } from './target-rules.js';
import { encodeTflite, profileFingerprint } from './tflite-file.js';

/**
 * Nothing is written here: `files` of the result is the output set. Throws WherryError for whatever the model, the data
 * or the target does not allow.
 */
export async function deploy(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Deployment> {
  const target = findProfile(library, request.profile);
  const options = selectOptions(request, target);
  const memoryTarget = requireMemoryTarget(target);
  const prepared = await prepare(request, collectedFor(options), host, progress);
  const { engine, optimized, calibrationData, calibrationSeen, evaluationData } = prepared;

  progress.begin('quantize');
  const selected = await select(optimized, prepared.calibration, engine, prepared.reservoir.samples, options);
  const { quantized, steps: avoided } = avoidFaults(target, selected);
  requireLegal(target, quantized.graph);
  progress.end();

  const memory = planMemory(quantized.graph, memoryTarget);
  const tflite = encodeTflite(quantized.graph, memory.offline, {
    sourceModel: prepared.modelFile.sha256,
    calibrationSet: calibrationSeen.report.sha256,
    profile: profileFingerprint(target),
    tool: host.toolVersion,
  });
  const fit = fitOf(target, tflite.length, arenaBytes(target, memory));
  requireFit(target, fit);

  const calibrationReport = calibrationSeen.report;
  const evaluated =
    evaluationData === calibrationData ? undefined : watchSamples(evaluationData, calibrationReport.lint.inputs);
  progress.begin('compare with float', evaluationData.dataset.count);
  const samples = evaluated?.samples ?? calibrationData.dataset.samples();
  const accuracy = await measureAccuracy(optimized, quantized.graph, engine, samples, {
    tasks: evaluationData.tasks.tasks,
    known: prepared.known,
    progress: (done) => progress.advance(done),
  });
  progress.end();
  const evaluation = (await evaluated?.seen())?.report ?? calibrationReport;
  const { warnings, classNames } = await judge(target, prepared, quantized, evaluation, accuracy);

  const run = {
    request,
    target,
    toolVersion: host.toolVersion,
    engineName: engine.name,
    ...prepared,
    steps: [...prepared.steps, ...avoided],
    calibration: calibrationReport,
    evaluation,
    quantized,
    memory,
    fit,
    tflite,
    accuracy,
    selfTest: await selfTestCases(quantized.graph, engine, prepared.reservoir.samples),
    cost: graphCost(quantized.graph),
    warnings,
    classNames,
  };
  return { ...run, files: exportFiles(run) };
}
