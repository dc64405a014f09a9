// The accuracy part of the report: each output by what it is asked for.
import { counted, printable } from '@wherry/graph';
import { percent, short } from './numbers.js';
import type { KnownReport, Report } from './report.js';

type Output = Report['accuracy'][number];

/** Nothing where none was measured. */
export function accuracyLines(report: KnownReport, heading: (text: string) => string): string[] {
  const { evaluation, accuracy, ownAccuracy } = report;
  if (evaluation && ownAccuracy) return [...ownAccuracyLines(evaluation, ownAccuracy, heading), ''];
  if (evaluation === undefined || evaluation === null || accuracy === undefined || accuracy.length === 0) return [];
  const { scheme, whole } = schemeWords(report);
  const own = evaluation.sha256 === report.calibration?.sha256;
  const lines = accuracy.flatMap((output) => [
    `             ${printable(output.name)}: ${closeness(output)}`,
    ...[...readingLines(output), ...decisionLines(output, scheme)].map((line) => `             ${line}`),
  ]);
  return [
    `${heading('accuracy')}     ${whole} against float on ${counted(evaluation.samples, `${own ? 'calibration' : 'evaluation'} sample`)}`,
    ...(report.computesInHalf ? halfLines : []),
    ...lines,
    '',
  ];
}

/** A GPU may add up in float16 as well. */
const halfLines = [
  '             values between layers rounded to float16, as on the device; its sums, taken in float32 here, may be coarser',
];

/** `scheme`: in figures beside those of float. */
function schemeWords({ quantization }: KnownReport): { readonly scheme: string; readonly whole: string } {
  const { scheme = 'int8', mix = null } = quantization ?? {};
  return mix === null ? { scheme, whole: scheme } : { scheme: 'mixed', whole: `${scheme} mixed with ${mix.high}` };
}

/** What float32 itself rounds off is far above: such figures only say that next to nothing differs. */
const greatestSqnrDb = 200;

function closeness({ notFinite, sqnrDb, cosine, greatestError }: Output): string {
  if (notFinite !== undefined)
    return `${counted(notFinite, 'value')} infinite or not a number on one side alone; greatest error of the rest ${short(greatestError)}`;
  if (sqnrDb === null) return 'equal to float';
  const sqnr = sqnrDb > greatestSqnrDb ? `above ${greatestSqnrDb}` : sqnrDb.toFixed(1);
  return `SQNR ${sqnr} dB, cosine ${cosine.toFixed(5)}, greatest error ${short(greatestError)}`;
}

/** There is no float model beside it. */
function ownAccuracyLines(
  { samples }: NonNullable<Report['evaluation']>,
  own: NonNullable<Report['ownAccuracy']>,
  heading: (text: string) => string,
): string[] {
  return [
    `${heading('accuracy')}     by the labels of ${counted(samples, 'evaluation sample')} alone: there is no float model to compare with`,
    ...own.flatMap((output) =>
      [`${printable(output.name)}: ${ownFigures(output)}`, ...readingLines(output)].map(
        (line) => `             ${line}`,
      ),
    ),
  ];
}

function ownFigures({ top1, threshold, targets }: NonNullable<Report['ownAccuracy']>[number]): string {
  if (top1 !== undefined) {
    const tied = top1.tied === undefined ? '' : `; no decision in ${top1.tied} more, whose greatest scores are equal`;
    return `top-1 ${percent(top1.right, top1.labelled)} of ${top1.labelled} labelled${tied}`;
  }
  if (threshold !== undefined) {
    const { at, right, labelled, auc } = threshold;
    return [
      ...(labelled === 0 ? [] : [`accuracy at ${at} ${percent(right, labelled)} of ${labelled} labelled`]),
      ...(auc === undefined ? [] : [`AUC ${auc.toFixed(4)}`]),
      ...(at === null ? ['the threshold of this output is not known'] : []),
    ].join('; ');
  }
  const { values, mae, rmse, r2 } = targets!;
  return `against ${values} targets: mean absolute error ${short(mae)}, RMSE ${short(rmse)}${r2 === null ? '' : `, R2 ${r2.toFixed(4)}`}`;
}

const readings = {
  signs: 'labels -1 and 1 are read as no and yes',
  'one-hot': 'one-hot labels are read as the class of their one',
  soft: 'labels that are shares are read as the class of the greatest',
  'class-map': 'labels are read as the class at each place',
  'one-hot-map': 'one-hot labels are read as the class at each place',
  'soft-map': 'labels that are shares are read as the class of the greatest at each place',
} as const;

function readingLines({ reading }: Pick<Output, 'reading'>): string[] {
  return reading === undefined ? [] : [readings[reading]];
}

function decisionLines(output: Output, scheme: string): string[] {
  return [...top1Lines(output, scheme), ...thresholdLines(output, scheme), ...targetLines(output, scheme)];
}

function top1Lines({ top1 }: Output, scheme: string): string[] {
  if (top1 === undefined) return [];
  const { decisions, agree, labelled, floatRight, quantizedRight, tied } = top1;
  return [
    `same top-1 class in ${agree} of ${decisions} (${percent(agree, decisions)})`,
    ...(tied === undefined ? [] : [`no decision in ${tied} more: several classes have the same greatest score`]),
    ...(labelled === 0
      ? []
      : [
          `top-1 float ${percent(floatRight, labelled)}, ${scheme} ${percent(quantizedRight, labelled)} of ${labelled} labelled`,
        ]),
  ];
}

function thresholdLines({ threshold }: Output, scheme: string): string[] {
  if (threshold === undefined) return [];
  const { at, decisions, agree, labelled, floatRight, quantizedRight, floatAuc, quantizedAuc } = threshold;
  return [
    ...(decisions === 0 ? [] : [`same decision at ${at} in ${agree} of ${decisions} (${percent(agree, decisions)})`]),
    ...(labelled === 0
      ? []
      : [
          `accuracy at ${at} float ${percent(floatRight, labelled)}, ${scheme} ${percent(quantizedRight, labelled)} of ${labelled} labelled`,
        ]),
    ...(floatAuc === undefined || quantizedAuc === undefined
      ? []
      : [
          `AUC float ${floatAuc.toFixed(4)}, ${scheme} ${quantizedAuc.toFixed(4)}${at === null ? '; the threshold of this output is not known' : ''}`,
        ]),
  ];
}

function targetLines({ targets }: Output, scheme: string): string[] {
  if (targets === undefined) return [];
  const { values, floatMae, quantizedMae, floatRmse, quantizedRmse, floatR2, quantizedR2 } = targets;
  return [
    `against ${values} targets: mean absolute error float ${short(floatMae)}, ${scheme} ${short(quantizedMae)};`,
    `RMSE float ${short(floatRmse)}, ${scheme} ${short(quantizedRmse)}${floatR2 === null || quantizedR2 === null ? '' : `; R2 float ${floatR2.toFixed(4)}, ${scheme} ${quantizedR2.toFixed(4)}`}`,
  ];
}
