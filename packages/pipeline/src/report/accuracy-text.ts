// The accuracy part of the report: each output by what it is asked for.
import { counted, printable } from '@wherry/graph';
import { ratioWords } from '@wherry/report-page';
import { intervalText } from '../accuracy/limit-checks.js';
import { notFiniteText } from '../accuracy/not-finite.js';
import { areSameSamples } from '../inputs/datasets.js';
import { intervalWords } from './chance-text.js';
import { alikeLines, figureLines } from './figures-text.js';
import { shortLossLines } from './loss-text.js';
import { short } from './numbers.js';
import { shortened } from './short-name.js';
import { ownFigures } from './own-figures-text.js';
import { reportWidth, wrapText } from './wrap-text.js';
import type { KnownReport, Report } from './report.js';

type Output = Report['accuracy'][number];

/** Nothing where none was measured. */
export function accuracyLines(report: KnownReport, heading: (text: string) => string): string[] {
  const { evaluation, accuracy, ownAccuracy } = report;
  if (evaluation && ownAccuracy) return [...ownAccuracyLines(evaluation, ownAccuracy, heading), ''];
  if (evaluation === undefined || evaluation === null || accuracy === undefined || accuracy.length === 0) return [];
  const { scheme, whole } = schemeWords(report);
  const own = report.calibration ? areSameSamples(evaluation, report.calibration) : false;
  const lines = accuracy.flatMap((output) =>
    under([
      `${printable(output.name)}: ${closeness(output)}`,
      ...readingLines(output),
      ...figureLines(output, { float: 'float', quantized: scheme }),
    ]),
  );
  return [
    `${heading('accuracy')}     ${whole} against float on ${samplesText(evaluation.samples, own ? 'calibration' : 'evaluation', accuracy)}`,
    ...under(differenceLines(report.warnings)),
    ...(report.computesInHalf ? halfLines : []),
    ...lines,
    ...under(limitLines(report)),
    ...under(noisiestLines(report)),
    '',
    ...shortLossLines(report.attribution, heading),
  ];
}

/** Whoever reads a good figure is to know it there. */
function differenceLines(warnings: Report['warnings'] = []): string[] {
  return warnings.some(({ code }) => code === 'EVALUATION_RANGE')
    ? ['doubtful: evaluation and calibration data differ in range, see EVALUATION_RANGE below']
    : [];
}

/** Of a limit that was kept or broken by no more than chance; the rest speaks for itself. */
function limitLines({ limits = [], profile }: KnownReport): string[] {
  return limits.flatMap((check) => {
    if (!check.withinChance) return [];
    const wanted =
      check.limit === 'accuracyDropPoints'
        ? `${profile.id} allows a loss of ${check.allowed} points`
        : `${profile.id} asks for ${check.allowed} % of the decisions`;
    const verdict = check.kept ? 'kept' : 'not kept';
    return [`${printable(check.output)}: ${wanted}: ${verdict}, but within chance of it (${intervalText(check)})`];
  });
}

/** The layer to look at first. */
function noisiestLines({ noisiest }: KnownReport): string[] {
  if (noisiest === null) return [];
  const { layer, operator, sqnrDb, samples } = noisiest;
  return [
    `worst layer: ${shortened(printable(layer))} (${operator}), SQNR ${ratioWords(sqnrDb)} (${counted(samples, 'sample')})`,
  ];
}

const indent = ' '.repeat(13);

/** Long lines go on further in. */
export function under(lines: readonly string[]): string[] {
  return lines.flatMap((line) => wrapText(`${indent}${line}`, reportWidth, `${indent}  `));
}

/** How many there were, and what their intervals stand on. */
export function samplesText(samples: number, role: string, outputs: readonly Figures[], why = ''): string {
  const recordings = outputs[0]?.recordings;
  const [cut, by] =
    recordings === undefined ? ['', ''] : [` of ${counted(recordings, 'recording')}`, ', by recordings'];
  const has = outputs.some((output) => judgedBy.some((judge) => output[judge] !== undefined));
  return `${counted(samples, `${role} sample`)}${cut}${why}${has ? `; ${intervalWords}${by}` : ''}`;
}

const judgedBy = ['top1', 'threshold', 'targets', 'reconstruction', 'embedding'] as const;
type Figures = Pick<Output, 'recordings'> & { readonly [K in (typeof judgedBy)[number]]?: object };

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

export function closeness(output: Output, other = 'float'): string {
  const { sqnrDb, cosine, greatestError } = output;
  const notFinite = notFiniteText(output, { float: other, quantized: 'the model' });
  if (notFinite !== undefined) return `${notFinite}; greatest error of the rest ${short(greatestError)}`;
  if (sqnrDb === null) return `equal to ${other}`;
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
    `${heading('accuracy')}     by the labels of ${samplesText(samples, 'evaluation', own, ' alone: there is no float model to compare with')}`,
    ...own.flatMap((output) =>
      under([
        `${printable(output.name)}: ${ownFigures(output)}`,
        ...readingLines(output),
        ...alikeLines(output.top1 ?? output.threshold),
      ]),
    ),
  ];
}

const readings = {
  signs: 'labels -1 and 1 are read as no and yes',
  'one-hot': 'one-hot labels are read as the class of their one',
  soft: 'labels that are shares are read as the class of the greatest',
  'class-map': 'labels are read as the class at each place',
  'one-hot-map': 'one-hot labels are read as the class at each place',
  'soft-map': 'labels that are shares are read as the class of the greatest at each place',
} as const;

export function readingLines({ reading }: Pick<Output, 'reading'>): string[] {
  return reading === undefined ? [] : [readings[reading]];
}
