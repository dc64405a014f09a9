// Where accuracy goes, as a person reads it on a terminal.
import { counted, formatDiagnostic, printable } from '@wherry/graph';
import { accuracyLines } from '../report/accuracy-text.js';
import { lossLines } from '../report/loss-text.js';
import { datasetLines } from '../report/dataset-text.js';
import { passedOverLines, plainStyle, profileLine, warningLines, type ReportStyle } from '../report/report-text.js';
import { sourceText } from '../report/source-text.js';
import { reportWidth, wrapText } from '../report/wrap-text.js';
import { evaluationText } from '../evaluate/evaluation-text.js';
import { table } from '../report/table.js';
import type { Explanation, FileExplanation, Remedies, TriedRemedy } from './explanation.js';

/** Ends without a line feed. */
export function explanationText(
  { attribution, remedies, report }: Explanation,
  style: ReportStyle = plainStyle,
): string {
  const { model, profile, calibration, evaluation, quantization, warnings } = report;
  const isOther = evaluation && evaluation.sha256 !== calibration?.sha256;
  return [
    `model        ${printable(model.file)} (${sourceText(model)})`,
    profileLine(profile),
    `scheme       ${quantization?.scheme ?? 'as it is'}`,
    ...consideredLines(report),
    ...(calibration ? datasetLines('calibration', calibration) : []),
    ...(isOther ? datasetLines('evaluation', evaluation) : []),
    ...(report.ok
      ? []
      : wrapText(`refused      ${formatDiagnostic(report.error).split('\n')[0]!}`, reportWidth, ' '.repeat(13))),
    '',
    ...accuracyLines({ ...report, attribution: null }, style.heading),
    ...lossLines(attribution, style.heading),
    '',
    ...remedyLines(remedies, style.heading),
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

/** Schemes that the profile would rather have: it is another one that is explained. */
function consideredLines({ schemes, ok, quantization }: Explanation['report']): string[] {
  if (!ok) return [];
  const under = ' '.repeat(13);
  const broken = schemes.filter(({ verdict }) => verdict === 'too inaccurate').map(({ scheme }) => scheme);
  return [
    ...schemes.flatMap(passedOverLines),
    ...[...new Set(broken)]
      .filter((scheme) => scheme !== quantization.scheme)
      .map((scheme) => `${under}\`--scheme ${scheme}\` explains what is lost there`),
  ];
}

/** What is deployed of the remedies, and what that makes of the accuracy that is reported of it. Ends without a line feed. */
export function appliedText({ samples, tried }: Pick<Remedies, 'samples' | 'tried'>, best: TriedRemedy): string {
  const under = ' '.repeat(13);
  const among = `the best of ${counted(tried.length, 'setting')}, by ${counted(samples, 'sample')} that the accuracy below is measured on as well: others may gain less; \`deploy evaluate\` with samples of neither says what is gained`;
  return [
    `applied      ${best.options}`,
    ...(tried.length < 2 ? [] : wrapText(`${under}${among}`, reportWidth, under)),
  ].join('\n');
}

function remedyLines({ samples, tried, notTried }: Remedies, heading: (text: string) => string): string[] {
  const head = `${heading('remedies')}     `;
  const under = ' '.repeat(13);
  if (notTried !== null) return wrapText(`${head}none tried: ${notTried}`, reportWidth, under);
  if (tried.length === 0) return [`${head}no setting that this profile takes is known to help against these causes`];
  const rows = tried.map(({ options, gainDb, verdict, why }) => [
    options,
    gainDb === null ? '-' : `${gainDb < 0 ? '' : '+'}${gainDb.toFixed(1)}`,
    why === null ? verdict : `${verdict}: ${why}`,
  ]);
  return [
    `${head}tried on ${samples} evaluation samples, which none was made from`,
    ...table(['setting', 'dB', 'verdict'], rows, new Set([1])).map((line) => `${under}${line}`),
  ];
}
