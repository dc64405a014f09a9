// Where accuracy goes, as a person reads it on a terminal.
import { formatDiagnostic, printable } from '@wherry/graph';
import { accuracyLines } from '../report/accuracy-text.js';
import { lossLines } from '../report/loss-text.js';
import { datasetLines, plainStyle, warningLines, type ReportStyle } from '../report/report-text.js';
import { sourceText } from '../report/source-text.js';
import { reportWidth, wrapText } from '../report/wrap-text.js';
import { evaluationText } from '../evaluate/evaluation-text.js';
import type { Explanation, FileExplanation } from './explanation.js';

/** Ends without a line feed. */
export function explanationText({ attribution, report }: Explanation, style: ReportStyle = plainStyle): string {
  const { model, profile, calibration, evaluation, quantization, warnings } = report;
  const isOther = evaluation && evaluation.sha256 !== calibration?.sha256;
  return [
    `model        ${printable(model.file)} (${sourceText(model)})`,
    `profile      ${profile.id}, ${quantization?.scheme ?? 'as it is'}`,
    ...(calibration ? datasetLines('calibration', calibration) : []),
    ...(isOther ? datasetLines('evaluation', evaluation) : []),
    ...(report.ok
      ? []
      : wrapText(`refused      ${formatDiagnostic(report.error).split('\n')[0]!}`, reportWidth, ' '.repeat(13))),
    '',
    ...accuracyLines({ ...report, attribution: null }, style.heading),
    ...lossLines(attribution, style.heading),
    '',
    ...warnings.flatMap((warning) => [...warningLines(warning, style), '']),
  ]
    .join('\n')
    .trimEnd();
}

/** Ends without a line feed. */
export function fileExplanationText(
  { attribution, evaluation }: FileExplanation,
  style: ReportStyle = plainStyle,
): string {
  return [evaluationText(evaluation, style), '', ...lossLines(attribution, style.heading)].join('\n');
}
