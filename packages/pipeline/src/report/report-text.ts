// The report as a person reads it on a terminal.
import { counted, formatDiagnostic, printable, type Diagnostic } from '@wherry/graph';
import { greatestCaseBytes } from '../self-test.js';
import type { KnownReport, LayerReport, Report, TensorReport } from './report.js';
import type { SchemeTrial } from '../schemes/scheme-trial.js';
import { accuracyLines } from './accuracy-text.js';
import { dataQualityLines } from './data-quality-text.js';
import { datasetLines } from './dataset-text.js';
import { memoryPictureLines, peakLine } from './memory-picture.js';
import { memoryLines } from './memory-text.js';
import { endLines } from './ends-report.js';
import { mixLines } from './mix-text.js';
import { grouped, short } from './numbers.js';
import type { RefusedReport } from './refused-report.js';
import { remedyLines, unwrittenLines } from './refusal-text.js';
import { shortened } from './short-name.js';
import { sourceText } from './source-text.js';
import { table } from './table.js';
import { trainingLines } from './training-text.js';
import { reportWidth, wrapText } from './wrap-text.js';

/** How the terminal sets things off from each other; each function only adds marks of no width. */
export interface ReportStyle {
  readonly heading: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
}

const asItIs = (text: string): string => text;
export const plainStyle: ReportStyle = { heading: asItIs, good: asItIs, warning: asItIs };

export interface ReportTextOptions {
  /** Shows what is alive in the arena layer by layer; a refused run's report always does. */
  readonly memoryPicture?: boolean;
  /** What a refused run has written all the same. */
  readonly written?: readonly string[];
}

/** Ends without a line feed. */
export function reportText(
  report: Report | RefusedReport,
  style: ReportStyle = plainStyle,
  { memoryPicture = !report.ok, written = [] }: ReportTextOptions = {},
): string {
  return [
    ...headLines(report),
    '',
    ...layerLines(report.layers, style),
    '',
    ...accuracyLines(report, style.heading),
    ...(memoryPicture ? [...memoryPictureLines(report, style.heading), ''] : []),
    ...memoryLines(report, style, memoryPicture ? [] : peakLine(report)),
    ...(report.ok ? [] : [...remedyLines(report), ...unwrittenLines(report, written)]),
    '',
    ...report.warnings.flatMap((warning) => [...warningLines(warning, style), '']),
    ...fileLines(report),
  ]
    .join('\n')
    .trimEnd();
}

/** Under the first word of a line's text; and where a warning's further lines begin. */
const [underText, underWarning] = [' '.repeat(13), ' '.repeat(11)];
export function warningLines(warning: Diagnostic, style: ReportStyle): string[] {
  const [first, ...rest] = formatDiagnostic(warning).split('\n');
  const [head, ...more] = wrapText(`warning      ${first!}`, reportWidth, underText);
  return [
    head!.replace('warning', style.warning),
    ...more,
    ...rest.flatMap((line) => wrapText(`${underWarning}${line}`, reportWidth, `${underText}      `)),
  ];
}

function headLines({
  model,
  profile,
  calibration,
  evaluation,
  dataQuality,
  quantization,
  rewrites,
  schemes,
  inputs,
  outputs,
  ends,
  engine,
}: KnownReport): string[] {
  return [
    `model        ${printable(model.file)} (${sourceText(model)})`,
    profileLine(profile),
    ...profile.needs.flatMap(({ component, from, why }) => wrapped(`needs ${component} ${from} or later: ${why}`)),
    ...(calibration ? datasetLines('calibration', calibration) : []),
    ...(evaluation && evaluation.sha256 !== calibration?.sha256 ? datasetLines('evaluation', evaluation) : []),
    ...dataQualityLines(dataQuality ?? null),
    ...wrapText(
      `rewrites     ${rewrites.length === 0 ? 'none' : rewrites.map(({ rewrite, nodesBefore, nodesAfter }) => `${rewrite} ${nodesBefore}->${nodesAfter}`).join(', ')}`,
      reportWidth,
      underText,
    ),
    ...rewrites.flatMap(({ rewrite, what }) => (rewrite.startsWith('work-around-') ? wrapped(printable(what)) : [])),
    ...(quantization === undefined
      ? [`scheme       ${schemes[0]?.scheme ?? 'as it is'}`]
      : schemeLines(quantization, calibration || evaluation ? engine : undefined)),
    // Of a single one the end of the report says what became of it.
    ...(schemes.length > 1 ? schemes.flatMap(passedOverLines) : []),
    ...inputs.map((tensor) => `input        ${tensorLine(tensor)}`),
    ...outputs.map((tensor) => `output       ${tensorLine(tensor)}`),
    ...endLines(ends).flatMap(wrapped),
  ];
}

/** The device, and what runs the model there. */
export function profileLine({ id, runtime, runtimeBefore, simd }: KnownReport['profile']): string {
  const versions = runtimeBefore === null ? runtime : `${runtime} to before ${runtimeBefore}`;
  return `profile      ${[id, versions, ...(simd === null ? [] : [simd])].join(', ')}`;
}

/** What was considered and could not be taken, with the limit that it broke. */
export function passedOverLines({ scheme, mixed, verdict, why }: SchemeTrial): string[] {
  if (why === null) return [];
  const mixture = mixed === null ? '' : ` with ${mixed.layers} of ${mixed.of} layers in ${mixed.with}`;
  return wrapped(printable(`${scheme}${mixture} was considered: ${verdict}; ${why}`));
}

function schemeName(scheme: string, has: string | null, mix: Report['quantization']['mix']): string {
  if (has !== null) return `${scheme}: ${has}, nothing is quantized again`;
  return mix === null ? scheme : `${scheme} with ${mix.raised.length} of ${mix.of} layers in ${mix.high}`;
}

/** A layer of the user's may have come to be several. */
function countedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].map((name) => {
    const times = names.filter((each) => each === name).length;
    return times === 1 ? name : `${name} (${times} operators)`;
  });
}

/** Seconds. */
const spentOfInterest = 1;

/** Under the words of the line before, broken at spaces. */
function wrapped(text: string): string[] {
  return wrapText(`${underText}${text}`, reportWidth, underText);
}

function schemeLines(
  {
    scheme,
    has,
    method,
    biasCorrection,
    equalizedPairs,
    rounding,
    weightClipping,
    refinedScales,
    outputsCorrected,
    candidates,
    heldOut,
    budget,
    training,
    mix,
  }: Report['quantization'],
  engine: string | undefined,
): string[] {
  const more = [
    ...(refinedScales === 0 ? [] : [`${refinedScales} ${refinedScales === 1 ? 'range' : 'ranges'} refined`]),
    ...(biasCorrection ? ['biases corrected'] : []),
    ...(equalizedPairs === 0
      ? []
      : [`channels evened out between ${equalizedPairs} ${equalizedPairs === 1 ? 'pair' : 'pairs'} of layers`]),
    ...(rounding === 'optimized' ? ['weights rounded together'] : []),
    ...(weightClipping ? ['the largest weights cut off'] : []),
    ...(outputsCorrected ? ['mean errors of the outputs taken out'] : []),
  ];
  const trial =
    heldOut.sqnrDb === null
      ? []
      : [
          `kept of ${candidates.length} tried: ${heldOut.sqnrDb.toFixed(1)} dB on ${counted(heldOut.samples, 'sample')} that its ranges were not made from`,
        ];
  return [
    `scheme       ${schemeName(scheme, has, mix)}${method === null ? '' : `, ranges by ${method}`}${engine === undefined ? '' : ` (${engine})`}`,
    ...[more.join(', '), ...trial, ...budgetWords(budget)].filter((line) => line !== '').flatMap(wrapped),
    ...trainingLines(training).flatMap(wrapped),
    ...(mix === null ? [] : mixLines({ ...mix, raised: countedNames(mix.raised) })),
  ];
}

/** Said where it was short, or where so much was spent that it is of interest. */
function budgetWords(budget: Report['quantization']['budget']): string[] {
  if (budget === null || (budget.leftOut === 0 && budget.spent < spentOfInterest)) return [];
  const spent = `choosing took work for ${budget.spent.toFixed(1)} s of a budget of ${short(budget.seconds)} s`;
  if (budget.leftOut === 0) return [spent];
  const more = `${counted(budget.leftOut, 'trial')} more ${budget.leftOut === 1 ? 'was' : 'were'} left out`;
  return [`${spent}: ${more}; a larger --budget tries them`];
}

function tensorLine({ name, shape, dtype, scale, zeroPoint }: TensorReport): string {
  const quantization =
    scale === null ? '' : `, real = ${short(scale)} * (q ${zeroPoint! < 0 ? '+' : '-'} ${Math.abs(zeroPoint!)})`;
  return `${printable(name)} ${dtype}[${shape.join(', ')}]${quantization}`;
}

/** One row a layer; what was decided is the same for many, so that it stands below, once, under a letter. */
function layerLines(layers: readonly LayerReport[], style: ReportStyle): string[] {
  const notes: string[] = [];
  const rows = layers.map(({ layer, operator, output, macs, weightBytes, decision, outputScale }) => [
    shortened(printable(layer)),
    operator,
    output.shape.join('x'),
    grouped(macs),
    grouped(weightBytes),
    output.scale === null ? '' : short(output.scale),
    output.zeroPoint === null ? '' : String(output.zeroPoint),
    letterOf(noteOf(decision, outputScale), notes),
  ]);
  const [header, ...lines] = table(
    ['layer', 'operator', 'output', 'MACs', 'weights B', 'scale', 'zero', 'why'],
    rows,
    new Set([3, 4, 5, 6]),
  );
  return [
    style.heading(header!),
    ...lines,
    '',
    ...notes.map((note, position) => `${letters(position).padStart(12)}  ${printable(note)}`),
  ];
}

/** The range is what scale and zero point say in other words. */
function noteOf(decision: string, outputScale: string): string {
  const source = outputScale.replace(/:? \[[^\]]*\]/g, '');
  return source === '' ? decision : `${decision}; output: ${source}`;
}

function letterOf(note: string, notes: string[]): string {
  if (!notes.includes(note)) notes.push(note);
  return letters(notes.indexOf(note));
}

/** a, b ... z, aa, ab ... */
function letters(position: number): string {
  const last = String.fromCharCode(97 + (position % 26));
  return position < 26 ? last : `${letters(Math.floor(position / 26) - 1)}${last}`;
}

function fileLines({ files }: KnownReport): string[] {
  const width = Math.max(0, ...files.map(({ name }) => name.length));
  const lines = files.map(
    ({ name, bytes, sha256 }) =>
      `wrote        ${name.padEnd(width)}  ${grouped(bytes).padStart(9)} bytes  sha256 ${sha256.slice(0, 16)}`,
  );
  return [...lines, ...missingSelfTest(files)];
}

/** A firmware includes it, as the README shows: that it is not there is said here and not first by a compiler. */
function missingSelfTest(files: KnownReport['files']): string[] {
  const settings = files.find(({ name }) => name.endsWith('_settings.h'));
  if (settings === undefined || files.some(({ name }) => name.endsWith('_selftest.h'))) return [];
  const name = settings.name.replace(/_settings\.h$/, '_selftest.h');
  return [
    `             no ${name}: one sample with its answer takes more than the ${grouped(greatestCaseBytes)} bytes that are of use`,
  ];
}
