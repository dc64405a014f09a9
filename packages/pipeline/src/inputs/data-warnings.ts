// What is worth saying about the data sets of a run: what each looks like, whether labels go with the model, whether both are alike.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { areSameSamples, type DatasetReport, type GraphData } from './datasets.js';
import { rangeAdvice, rangeDifferences, type RangeDifference, type ScaleEvidence } from './range-difference.js';

export interface JudgedData {
  readonly data: GraphData;
  readonly report: DatasetReport;
}

/** A difference of the ranges, with what to do about it. */
export interface AdvisedDifference extends RangeDifference {
  readonly next: string;
}

/** Of calibration, and of evaluation where that is another set: those of both are told apart by name. */
export function dataWarnings(
  calibration: JudgedData,
  evaluation: JudgedData,
  differences: readonly AdvisedDifference[] = [],
): Diagnostic[] {
  return [
    ...calibration.report.lint.warnings,
    ...(areSameSamples(calibration.report, evaluation.report)
      ? []
      : evaluation.report.lint.warnings.map((warning) => ({
          ...warning,
          where: `evaluation data ${evaluation.report.name}${warning.where === undefined ? '' : `: ${warning.where}`}`,
        }))),
    ...misfitWarnings(evaluation),
    ...differences.map(({ what, input, next }) =>
      diagnose(pipelineDiagnostics.EVALUATION_RANGE, { what, where: `input ${input}`, next }),
    ),
  ];
}

/** Between samples that scales were chosen by and others: none where they are one set. */
export function advisedDifferences(
  calibration: DatasetReport,
  evaluation: DatasetReport,
  evidence: ScaleEvidence,
): readonly AdvisedDifference[] {
  if (areSameSamples(calibration, evaluation)) return [];
  const mixed = { calibration: isMixed(calibration), evaluation: isMixed(evaluation) };
  return rangeDifferences(calibration, evaluation).map((difference) => ({
    ...difference,
    next: rangeAdvice(difference, mixed, evidence),
  }));
}

function isMixed({ lint }: DatasetReport): boolean {
  return lint.warnings.some(({ code }) => code === 'DATA_MIXED_SCALES');
}

/** Calibration needs no labels, so only those that would be judged by matter. */
function misfitWarnings({ data: { tasks }, report: { name } }: JudgedData): Diagnostic[] {
  if (tasks.misfit === undefined) return [];
  const { what, next } = tasks.misfit;
  return [diagnose(pipelineDiagnostics.LABELS_DO_NOT_FIT, { what: `${what}; they are not used`, where: name, next })];
}
