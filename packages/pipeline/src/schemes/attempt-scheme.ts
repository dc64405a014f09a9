// One scheme on one target, from the float graph to the bytes: quantized, held against the limits, measured.
import { graphCost, type WherryError } from '@wherry/graph';
import { planMemory } from '@wherry/memory-planner';
import { needsRanges, select, settingsText, type Form } from '@wherry/quantizer';
import { checkHalfRange } from '../accuracy/half-range.js';
import { judge } from '../accuracy/judge.js';
import { measureAccuracy } from '../accuracy/measure-accuracy.js';
import type { DeployRun, Made } from '../deployment.js';
import { arenaBytes, fitOf, fits } from '../fit.js';
import { watchSamples } from '../inputs/datasets.js';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared, PreparedData } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import { misfitOf, type AskedInScheme, type Sized } from '../refuse.js';
import type { MeasuredRun } from '../report/refused-report.js';
import { selfTestCases } from '../self-test.js';
import { adaptToRuntime, requireLegal } from '../target-rules.js';
import { encodeTflite, profileFingerprint } from '../tflite-file.js';
import type { OpenScheme } from './consider-schemes.js';
import { makeSmaller } from './make-smaller.js';
import { trialOf, type SchemeTrial } from './scheme-trial.js';

/** A run but for the list of all schemes that were considered. */
type RunInScheme = Omit<DeployRun, 'schemes'>;

export type TriedScheme =
  | { readonly trial: SchemeTrial; readonly run: RunInScheme; readonly refusal?: undefined }
  | {
      readonly trial: SchemeTrial;
      readonly refusal: WherryError;
      readonly sized: Sized;
      readonly measured?: MeasuredRun & Pick<DeployRun, 'warnings'>;
    };

export async function attemptScheme(
  engine: RunEngine,
  asked: AskedInScheme & Pick<OpenScheme, 'foreseen'>,
  prepared: Prepared,
  progress: ProgressSink,
): Promise<TriedScheme> {
  const { scheme } = asked.place;
  progress.begin('quantize');
  const made = await make(engine, asked, prepared, progress);
  const smaller = makeSmaller(made);
  const { quantized, steps: adapted } = adaptToRuntime(asked.target, smaller.quantized);
  requireLegal(asked.target, quantized.graph);
  progress.end();

  const { data } = prepared;
  const memory = planMemory(quantized.graph, asked.memoryTarget, { known: asked.foreseen.memory });
  const halfRange = checkHalfRange(scheme, prepared);
  const tflite = encodeTflite(quantized.graph, {
    offline: memory.offline,
    halfArithmetic: halfRange.holds,
    provenance: {
      sourceModel: prepared.modelFile.sha256,
      calibrationSet: data?.calibrationSeen.report.sha256 ?? null,
      profile: profileFingerprint(asked.target),
      tool: asked.toolVersion,
    },
  });
  const sized = {
    ...asked,
    engineName: engine.name,
    steps: [...prepared.steps, ...smaller.steps, ...adapted],
    calibration: data?.calibrationSeen.report,
    quantized,
    memory,
    fit: fitOf(asked.target, asked.place, tflite.length, arenaBytes(asked.target, memory)),
    cost: graphCost(quantized.graph),
  };
  const { fit } = sized;
  if (!fits(fit)) {
    const refusal = misfitOf(sized);
    return { trial: trialOf(scheme, 'does not fit', { refusal, fit }), refusal, sized };
  }
  const measured = await measure(engine, sized, prepared, progress);
  const { accuracy } = measured;
  const refusal = halfRange.refusal ?? measured.refusal;
  const told = { fit, ...(accuracy[0] === undefined ? {} : { sqnrDb: accuracy[0].sqnrDb }) };
  if (refusal !== undefined)
    return {
      trial: trialOf(scheme, halfRange.refusal === undefined ? 'too inaccurate' : 'illegal', { ...told, refusal }),
      refusal,
      sized,
      measured,
    };
  const selfTest = await selfTestCases(quantized.graph, engine, data?.reservoir.samples);
  return {
    trial: trialOf(scheme, 'chosen', told),
    run: { ...sized, ...measured, warnings: [...measured.warnings, ...halfRange.warnings], tflite, selfTest },
  };
}

/** What needs no ranges is what was foreseen. */
async function make(
  engine: RunEngine,
  { options, foreseen }: AskedInScheme & Pick<OpenScheme, 'foreseen'>,
  { optimized, data }: Prepared,
  progress: ProgressSink,
): Promise<Made> {
  if (!needsRanges(options)) return { ...(foreseen.form satisfies Form), selection: null };
  const { calibration, reservoir } = data!;
  const selected = await select(optimized, calibration, engine, reservoir.samples, options, (trial) =>
    progress.note(`try ${settingsText(trial)}`),
  );
  const { graph, plan, tensorOf, ...selection } = selected;
  return { graph, plan, tensorOf, selection };
}

type Measured = Pick<DeployRun, 'evaluation' | 'accuracy' | 'warnings' | 'classNames'> & {
  readonly refusal: WherryError | undefined;
};

async function measure(engine: RunEngine, sized: Sized, prepared: Prepared, progress: ProgressSink): Promise<Measured> {
  const { data } = prepared;
  const accuracy = data === undefined ? undefined : await compare(engine, sized, prepared, data, progress);
  const judged = await judge(sized, prepared, sized.quantized, accuracy);
  return { evaluation: accuracy?.evaluation, accuracy: accuracy?.accuracy ?? [], ...judged };
}

async function compare(
  engine: RunEngine,
  { quantized, calibration }: Sized,
  { optimized }: Prepared,
  { evaluationData, calibrationData, known }: PreparedData,
  progress: ProgressSink,
): Promise<MeasuredRun> {
  const evaluated =
    evaluationData === calibrationData ? undefined : watchSamples(evaluationData, calibration!.lint.inputs);
  progress.begin('compare with float', evaluationData.dataset.count);
  const samples = evaluated?.samples ?? calibrationData.dataset.samples();
  const accuracy = await measureAccuracy(optimized, quantized.graph, engine, samples, {
    tasks: evaluationData.tasks.tasks,
    known,
    progress: (done) => progress.advance(done),
  });
  progress.end();
  return { accuracy, evaluation: (await evaluated?.seen())?.report ?? calibration };
}
