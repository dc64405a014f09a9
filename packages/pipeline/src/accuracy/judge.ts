// Makes of the measured accuracy what a run has to say: a refusal, warnings, and the names of the classes.
import type { Diagnostic, WherryError } from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import type { Selected } from '@wherry/quantizer';
import { dataWarnings } from '../inputs/data-warnings.js';
import type { DatasetReport } from '../inputs/datasets.js';
import type { Prepared } from '../prepare.js';
import { accuracyGate } from './accuracy-gate.js';
import { accuracyWarnings } from './accuracy-warnings.js';
import { confirmsNumbering } from './class-numbering.js';
import { requireNameOrder } from './float-plausibility.js';
import { inputStepsCause } from './input-steps.js';
import { inputTrial } from './input-trials.js';
import type { OutputComparison } from './output-comparison.js';
import { varietyWarnings } from './variety-warnings.js';

export interface Judged {
  readonly warnings: readonly Diagnostic[];
  readonly classNames: readonly string[] | undefined;
  /** ACCURACY_BELOW_LIMIT. */
  readonly refusal: WherryError | undefined;
}

/** Throws LABELS_ORDER. */
export async function judge(
  target: Target,
  prepared: Prepared,
  quantized: Selected,
  evaluation: DatasetReport,
  accuracy: readonly OutputComparison[],
): Promise<Judged> {
  const { evaluationData, calibrationData, calibrationSeen, leading, optimized, engine, labels } = prepared;
  const own = evaluationData.dataset.labels;
  const names = labels ?? own;
  const trial = await inputTrial({
    float: optimized,
    engine,
    tasks: evaluationData.tasks.tasks,
    accuracy,
    inputs: evaluation.lint.inputs,
    preprocessing: evaluationData.dataset.preprocessing,
    count: evaluationData.dataset.count,
    samples: () => evaluationData.dataset.samples(),
  });
  const context = {
    names,
    namesGiven: labels !== undefined && own !== undefined,
    inputs: evaluation.lint.inputs,
    trial,
  };
  requireNameOrder(accuracy, context);
  const cause = await inputStepsCause({
    leading,
    float: optimized,
    quantized: quantized.graph,
    engine,
    tasks: evaluationData.tasks.tasks,
    parts: calibrationSeen.parts,
    samples: () => evaluationData.dataset.samples(),
  });
  const gate = accuracyGate(target, accuracy, cause, prepared.forced);
  const onCalibrationData = evaluation.sha256 === calibrationSeen.report.sha256;
  return {
    warnings: [
      ...prepared.importWarnings,
      ...dataWarnings(
        { data: calibrationData, report: calibrationSeen.report },
        { data: evaluationData, report: evaluation },
      ),
      ...varietyWarnings(quantized, prepared.reservoir.samples.length),
      ...prepared.constancy.warnings(),
      ...gate.warnings,
      ...accuracyWarnings({ ...context, cause, onCalibrationData }, accuracy),
    ],
    classNames: labels ?? confirmedNames(own, accuracy[0]),
    refusal: gate.refusal,
  };
}

/** Names of the data number the outputs only if the float model says so, class by class. Numbers are no names. */
function confirmedNames(
  names: readonly string[] | undefined,
  output: OutputComparison | undefined,
): readonly string[] | undefined {
  const confusion = output?.confusion;
  if (names === undefined || confusion?.classes !== names.length || names.every((name) => /^\d+$/.test(name)))
    return undefined;
  return confirmsNumbering(confusion) ? names : undefined;
}
