// A quantized graph on its target: to the bytes, held against the limits, measured.
import { graphCost, type WherryError } from '@wherry/graph';
import { planTargetMemory } from '../plan-target-memory.js';
import { compiledWarnings } from '../compiled-warnings.js';
import { checkHalfRange } from '../accuracy/half-range.js';
import type { DeployRun, Made } from '../deployment.js';
import { arenaBytes, fitOf, fits, flashBytes } from '../fit.js';
import { stateWarnings } from '../kept-state.js';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared } from '../prepare.js';
import { trainingWarnings } from '../training/training-warnings.js';
import type { ProgressSink } from '../progress.js';
import { misfitOf, type AskedInScheme, type Sized } from '../refuse.js';
import { selfTestCases } from '../self-test.js';
import { adaptToRuntime, requireLegal } from '../target-rules.js';
import { encodeTflite, profileFingerprint } from '../tflite-file.js';
import type { LegalScheme } from './consider-schemes.js';
import { unusedWarnings } from './given-choices.js';
import { makeSmaller } from './make-smaller.js';
import { measure, type Measured } from './measure.js';
import { trialOf, type SchemeTrial } from './scheme-trial.js';

/** A run but for the list of all schemes that were considered. */
type RunInScheme = Omit<DeployRun, 'schemes'>;

export type TriedScheme =
  | { readonly trial: SchemeTrial; readonly made: Made; readonly run: RunInScheme; readonly refusal?: undefined }
  | {
      readonly trial: SchemeTrial;
      /** As it was before it was made smaller, and adapted to the runtime: the tensors go with those of the float graph. */
      readonly made: Made;
      readonly refusal: WherryError;
      readonly sized: Sized;
      readonly measured?: Measured;
    };

export type AskedOpen = AskedInScheme & Pick<LegalScheme, 'foreseen'>;

/** Throws TARGET_CANNOT_RUN for a graph that the target's runtime would not take. */
export async function tryMade(
  engine: RunEngine,
  asked: AskedOpen,
  prepared: Prepared,
  made: Made,
  progress: ProgressSink,
): Promise<TriedScheme> {
  const { sized, tflite } = sizeOf(engine, asked, prepared, made);
  const { fit, quantized } = sized;
  const trial = (verdict: SchemeTrial['verdict'], told: Parameters<typeof trialOf>[2]): SchemeTrial =>
    trialOf(asked.place.scheme, verdict, { fit, mix: quantized.mix, ...told });
  if (!fits(fit)) {
    const refusal = misfitOf(sized);
    return { trial: trial('does not fit', { refusal }), made, refusal, sized };
  }
  const halfRange = checkHalfRange(asked.target, asked.place.scheme, prepared);
  const measured = await measure(engine, sized, prepared, progress);
  const [first] = measured.accuracy;
  const sqnrDb = first?.sqnrDb;
  const refusal = halfRange.refusal ?? measured.refusal;
  if (refusal !== undefined) {
    const verdict = halfRange.refusal === undefined ? 'too inaccurate' : 'illegal';
    return { trial: trial(verdict, { refusal, sqnrDb }), made, refusal, sized, measured };
  }
  const selfTest = await selfTestCases(quantized.graph, engine, prepared.data?.reservoir.samples);
  const unused = unusedWarnings(asked.request, prepared.optimized, asked.options);
  const warnings = [
    ...measured.warnings,
    ...halfRange.warnings,
    ...unused,
    ...stateWarnings(quantized.graph, asked),
    ...compiledWarnings(quantized.graph, asked),
    ...trainingWarnings(quantized.training),
  ];
  const { evaluation, accuracy, layerErrors, evidence, dataQuality, limits, classNames } = measured;
  const run = {
    ...sized,
    evaluation,
    accuracy,
    layerErrors,
    evidence,
    dataQuality,
    limits,
    classNames,
    warnings,
    tflite,
    selfTest,
  };
  return { trial: trial('chosen', { sqnrDb }), made, run };
}

/** Legal, as small and as fast as can be proved, with its arena and its bytes. */
export function sizeOf(
  { name: engineName }: Pick<RunEngine, 'name'>,
  asked: AskedOpen,
  prepared: Prepared,
  made: Made,
): { readonly sized: Sized; readonly tflite: Uint8Array } {
  const { target, place } = asked;
  const smaller = makeSmaller(made);
  const { quantized, steps: adapted } = adaptToRuntime(target, smaller.quantized);
  requireLegal(target, quantized.graph);
  const memory = planTargetMemory(quantized.graph, asked.memoryTarget, { known: asked.foreseen.memory });
  const { data } = prepared;
  const calibration = data?.isCalibrationGiven === true ? data.calibrationSeen.report : undefined;
  const tflite = encodeTflite(quantized.graph, {
    offline: memory.offline,
    halfArithmetic: checkHalfRange(target, place.scheme, prepared).holds,
    provenance: {
      sourceModel: prepared.modelFile.sha256,
      calibrationSet: calibration?.sha256 ?? null,
      profile: profileFingerprint(target),
      tool: asked.toolVersion,
    },
  });
  const sized = {
    ...asked,
    engineName,
    steps: [...prepared.steps, ...smaller.steps, ...adapted],
    calibration,
    quantized,
    memory,
    fit: fitOf(target, place, flashBytes(memory, tflite.length), arenaBytes(target, memory)),
    cost: graphCost(quantized.graph),
  };
  return { sized, tflite };
}
