// The accuracy part of the report: each output by what it is asked for.
import { counted, printable } from '@wherry/graph';
import { percent, short } from './numbers.js';
import type { KnownReport, Report } from './report.js';

type Output = Report['accuracy'][number];

/** Nothing where none was measured. */
export function accuracyLines(report: KnownReport, heading: (text: string) => string): string[] {
  const { evaluation, accuracy } = report;
  if (evaluation === undefined || evaluation === null || accuracy === undefined) return [];
  const scheme = report.quantization?.scheme ?? 'int8';
  const own = evaluation.sha256 === report.calibration?.sha256;
  const lines = accuracy.flatMap((output) => [
    `             ${printable(output.name)}: ${closeness(output)}`,
    ...[...readingLines(output), ...decisionLines(output, scheme)].map((line) => `             ${line}`),
  ]);
  return [
    `${heading('accuracy')}     ${scheme} against float on ${counted(evaluation.samples, `${own ? 'calibration' : 'evaluation'} sample`)}`,
    ...lines,
    '',
  ];
}

function closeness({ sqnrDb, cosine, greatestError }: Output): string {
  return sqnrDb === null
    ? 'equal to float'
    : `SQNR ${sqnrDb.toFixed(1)} dB, cosine ${cosine.toFixed(5)}, greatest error ${short(greatestError)}`;
}

const readings = {
  signs: 'labels -1 and 1 are read as no and yes',
  'one-hot': 'one-hot labels are read as the class of their one',
  soft: 'labels that are shares are read as the class of the greatest',
  'class-map': 'labels are read as the class at each place',
  'one-hot-map': 'one-hot labels are read as the class at each place',
  'soft-map': 'labels that are shares are read as the class of the greatest at each place',
} as const;

function readingLines({ reading }: Output): string[] {
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
