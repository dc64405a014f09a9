// What is worth saying about the data sets of a run: what each looks like, whether labels go with the model, whether both are alike.
import type { InputSummary } from '@wherry/calibration-data';
import { diagnose, type Diagnostic } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { GraphData, DatasetReport } from './datasets.js';

/** A share of values outside that single outliers do not reach. */
const muchOutside = 0.02;
/** Evaluation this many times narrower than calibration is of another scale. */
const muchNarrower = 50;
const enoughSamples = 8;

export interface JudgedData {
  readonly data: GraphData;
  readonly report: DatasetReport;
}

/**
 * Of calibration, and of evaluation where that is another set: those of both are told apart by name. `isScaled`: scales were
 * chosen by the calibration data.
 */
export function dataWarnings(
  calibration: JudgedData,
  evaluation: JudgedData,
  { isScaled = true }: { readonly isScaled?: boolean } = {},
): Diagnostic[] {
  const one = evaluation.report.sha256 === calibration.report.sha256;
  return [
    ...calibration.report.lint.warnings,
    ...(one
      ? []
      : evaluation.report.lint.warnings.map((warning) => ({
          ...warning,
          where: `evaluation data ${evaluation.report.name}${warning.where === undefined ? '' : `: ${warning.where}`}`,
        }))),
    ...misfitWarnings(evaluation),
    ...(one || !isScaled ? [] : rangeWarnings(calibration.report, evaluation.report)),
  ];
}

/** Calibration needs no labels, so only those that would be judged by matter. */
function misfitWarnings({ data: { tasks }, report: { name } }: JudgedData): Diagnostic[] {
  if (tasks.misfit === undefined) return [];
  const { what, next } = tasks.misfit;
  return [diagnose(pipelineDiagnostics.LABELS_DO_NOT_FIT, { what: `${what}; they are not used`, where: name, next })];
}

function rangeWarnings(calibration: DatasetReport, evaluation: DatasetReport): Diagnostic[] {
  return evaluation.lint.inputs.flatMap((input, i) => {
    const reference = calibration.lint.inputs[i]!;
    const difference = rangeDifference(reference, input, evaluation.samples);
    if (difference === undefined) return [];
    return [
      diagnose(pipelineDiagnostics.EVALUATION_RANGE, {
        what: `evaluation reaches from ${short(input.min)} to ${short(input.max)} and calibration from ${short(reference.min)} to ${short(reference.max)}: ${difference}`,
        where: `input ${input.name}`,
        next: 'store both at the same scale (--preprocess acts on both), and calibrate with samples as varied as those that are evaluated',
      }),
    ];
  });
}

function rangeDifference(reference: InputSummary, input: InputSummary, samples: number): string | undefined {
  const outside = input.outside ?? 0;
  if (outside > muchOutside)
    return `${Math.round(100 * outside)} % of the values lie outside of what the scale was chosen for and are cut off`;
  const [width, wanted] = [input.max - input.min, reference.max - reference.min];
  return samples >= enoughSamples && width > 0 && width * muchNarrower < wanted
    ? `all of its values fall into ${Math.max(1, Math.round((256 * width) / wanted))} of 256 steps`
    : undefined;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
