// Makes of the measured accuracy what a run has to say: a refusal, warnings, and the names of the classes.
import { takingMore } from '@wherry/calibration-data';
import { diagnose, type Diagnostic, type WherryError } from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import type { Made } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { dataWarnings } from '../inputs/data-warnings.js';
import type { DatasetReport } from '../inputs/datasets.js';
import type { Prepared, PreparedData } from '../prepare.js';
import type { MeasuredRun } from '../report/refused-report.js';
import type { SchemePlace } from '../schemes/wanted-schemes.js';
import { accuracyGate } from './accuracy-gate.js';
import { accuracyWarnings } from './accuracy-warnings.js';
import { confirmsNumbering } from './class-numbering.js';
import { requireNameOrder } from './float-plausibility.js';
import { inputStepsCause, type LossCause } from './input-steps.js';
import type { LimitCheck } from './limit-checks.js';
import type { OutputComparison } from './output-comparison.js';
import { sampleEvidence } from './scale-evidence.js';
import { varietyWarnings } from './variety-warnings.js';

export interface Judged {
  readonly warnings: readonly Diagnostic[];
  readonly classNames: readonly string[] | undefined;
  /** ACCURACY_BELOW_LIMIT. */
  readonly refusal: WherryError | undefined;
  /** How far what was measured is from the limits of the profile. */
  readonly limits?: readonly LimitCheck[];
  /** Why the input loses much, where it does. */
  readonly cause?: LossCause | undefined;
  /** Scales were chosen by samples of another scale than those that accuracy was measured on: it is that of neither. */
  readonly isOfOtherScale?: true;
}

/** `measured`: undefined where there was no data. Throws LABELS_ORDER. */
export async function judge(
  aim: { readonly target: Target; readonly place: SchemePlace },
  prepared: Prepared,
  quantized: Made,
  measured: MeasuredRun | undefined,
): Promise<Judged> {
  const { data, importWarnings, labels } = prepared;
  if (data === undefined || measured?.evaluation === undefined)
    return { warnings: [...importWarnings, notMeasured()], classNames: labels, refusal: undefined };
  return judgeBy(aim, prepared, quantized, { data, accuracy: measured.accuracy, evaluation: measured.evaluation });
}

function notMeasured(): Diagnostic {
  return diagnose(pipelineDiagnostics.ACCURACY_NOT_MEASURED, {
    what: 'no data was given, so that nothing was compared with the float model',
    next: 'give samples with --evaluation [FORMAT:]PATH',
  });
}

interface Evidence {
  readonly data: PreparedData;
  readonly accuracy: readonly OutputComparison[];
  readonly evaluation: DatasetReport;
}

async function judgeBy(
  { target, place }: { readonly target: Target; readonly place: SchemePlace },
  { leading, optimized, engine, labels, importWarnings, forced }: Prepared,
  quantized: Made,
  { data, accuracy, evaluation }: Evidence,
): Promise<Judged> {
  const { evaluationData, calibrationData, calibrationSeen, reservoir, constancy } = data;
  const own = evaluationData.dataset.labels;
  const names = labels ?? own;
  const found = await sampleEvidence(optimized, engine, data, { accuracy, evaluation }, quantized);
  const { trial, differences, otherScale, onCalibrationData } = found;
  const context = {
    scheme: quantized.mix === null ? place.scheme : `${place.scheme} mixed with ${quantized.mix.high}`,
    names,
    namesGiven: labels !== undefined && own !== undefined,
    inputs: evaluation.lint.inputs,
    isOfOtherScale: otherScale !== undefined,
    trial,
  };
  requireNameOrder(accuracy, context);
  // What comes of samples on another scale is not to be mended in the model.
  const cause =
    otherScale === undefined
      ? await inputStepsCause({
          leading,
          float: optimized,
          quantized: quantized.graph,
          engine,
          tasks: evaluationData.tasks.tasks,
          parts: calibrationSeen.parts,
          samples: () => evaluationData.dataset.samples(),
        })
      : undefined;
  const more = takingMore(evaluation);
  const gate = accuracyGate(target, place, accuracy, { cause: otherScale ?? cause, forced, more });
  return {
    warnings: [
      ...importWarnings,
      ...dataWarnings(
        { data: calibrationData, report: calibrationSeen.report },
        { data: evaluationData, report: evaluation },
        differences,
      ),
      ...(quantized.selection === null ? [] : varietyWarnings(quantized.selection, reservoir.samples.length)),
      ...constancy.warnings(),
      ...gate.warnings,
      ...accuracyWarnings({ ...context, cause, otherScale, onCalibrationData }, accuracy),
    ],
    classNames: labels ?? confirmedNames(own, accuracy[0]),
    refusal: gate.refusal,
    limits: gate.limits,
    cause,
    ...(otherScale !== undefined && { isOfOtherScale: true as const }),
  };
}

/** Names of the data number the outputs only if the float model says so, class by class. Numbers are no names. */
export function confirmedNames(
  names: readonly string[] | undefined,
  output: OutputComparison | undefined,
): readonly string[] | undefined {
  const confusion = output?.confusion;
  if (names === undefined || confusion?.classes !== names.length || names.every((name) => /^\d+$/.test(name)))
    return undefined;
  return confirmsNumbering(confusion) ? names : undefined;
}
