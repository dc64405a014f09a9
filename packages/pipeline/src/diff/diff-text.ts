// A comparison as a person reads it on a terminal.
import { counted, printable } from '@wherry/graph';
import { figureLines } from '../report/figures-text.js';
import { grouped, short } from '../report/numbers.js';
import { plainStyle, type ReportStyle } from '../report/report-text.js';
import { table } from '../report/table.js';
import { reportWidth, wrapText } from '../report/wrap-text.js';
import type { DiffSide, ModelDifference, OutputDifference } from './document.js';
import { changeText, few, subgraphLines } from './graph-text.js';
import { effectLines } from './effect-text.js';
import { plainText, type PlainValue } from './plain-value.js';

const indent = ' '.repeat(13);

/** Ends without a line feed. */
export function diffText(difference: ModelDifference, style: ReportStyle = plainStyle): string {
  const { a, b, subgraphs, subgraphsOnlyIn, signatures, leftOut } = difference;
  const heading = style.heading;
  return [
    `a            ${sideText(a)}`,
    `b            ${sideText(b)}`,
    `verdict      ${verdictText(difference)}`,
    '',
    ...subgraphs.flatMap((each, i) => [
      ...(subgraphs.length > 1 ? [heading(`subgraph ${i}   ${printable(each.name.a)}`)] : []),
      ...subgraphLines(each, heading),
    ]),
    ...subgraphsOnlyIn.a.map((name) => `${indent}- subgraph ${printable(name)}`),
    ...subgraphsOnlyIn.b.map((name) => `${indent}+ subgraph ${printable(name)}`),
    ...(signatures.length === 0
      ? []
      : [heading('signatures'), ...few(signatures.map((change) => `${indent}~ ${changeText(change)}`))]),
    ...outputLines(difference, heading),
    '',
    ...sizeLines(difference, heading),
    '',
    ...metadataLines(difference, heading),
    ...effectLines(difference, heading),
    ...(leftOut.length === 0
      ? []
      : ['', ...leftOut.map(({ what, side, why }) => `left out     ${side}: ${printable(`${what}: ${why}`)}`)]),
  ]
    .flatMap((line) => wrapText(line, reportWidth, `${indent}  `))
    .join('\n')
    .trimEnd();
}

function sideText({ called, bytes, sha256, folder }: DiffSide): string {
  return `${printable(called)}${folder ? ' of an output folder' : ''}, ${grouped(bytes)} bytes, sha256 ${sha256.slice(0, 16)}`;
}

function verdictText({ verdict, arena, files }: ModelDifference): string {
  const others = files.filter((row) => row.a?.sha256 !== row.b?.sha256).length;
  const beside = [
    ...(arena.carriedPlanChanged && verdict !== 'different' ? ['the memory plans in the files differ'] : []),
    ...(others > 0 ? [`${counted(others, 'other file')} of the folders ${others === 1 ? 'differs' : 'differ'}`] : []),
  ];
  return [verdicts[verdict], ...beside].join('; ');
}

const verdicts = {
  'same-bytes': 'the same: the models are identical byte for byte',
  'same-graph':
    'the same graph: operators, versions, attributes, wiring, types, shapes, scales, constants, inputs and outputs are identical; the files differ in names, metadata or layout only',
  different: 'different',
  unknown: 'not known: no difference was found, and not everything could be compared',
} as const;

function outputLines({ outputs }: ModelDifference, heading: (text: string) => string): string[] {
  if (outputs === undefined) return [];
  if (outputs === null) return [`${heading('on samples')}   could not be run: see below`];
  const { data, engine, outputs: pairs } = outputs;
  return [
    `${heading('on samples')}   ${counted(data.samples, 'sample')} of ${printable(data.name)}, run on ${engine === 'reference' ? 'the reference kernels' : `the integer kernels where quantized, ${engine} where float`}`,
    ...pairs.flatMap((pair) => [
      `${indent}${printable(pair.name)}: ${pairText(pair)}`,
      ...figureLines(pair, { float: 'a', quantized: 'b' }).map((line) => `${indent}${line}`),
    ]),
  ];
}

function pairText({
  identical,
  values,
  differingValues,
  greatestSteps,
  greatestError,
  sqnrDb,
  cosine,
}: OutputDifference): string {
  if (identical) return `identical in all ${grouped(values)} values`;
  const steps = greatestSteps === null ? '' : `${short(greatestSteps)} steps or `;
  const ratio = sqnrDb === null ? 'no SQNR' : `SQNR ${sqnrDb.toFixed(1)} dB, cosine ${cosine.toFixed(5)}`;
  return `${grouped(differingValues)} of ${grouped(values)} values differ, by ${steps}${short(greatestError)} at most; ${ratio}`;
}

function sizeLines({ sizes, files }: ModelDifference, heading: (text: string) => string): string[] {
  const signed = (value: number): string => `${value > 0 ? '+' : value < 0 ? '-' : ''}${grouped(Math.abs(value))}`;
  const rows = sizes
    .filter(({ a, b }) => a !== 0 || b !== 0)
    .map(({ kind, a, b }) => [kind, grouped(a), grouped(b), signed(b - a)]);
  const [head, ...lines] = table(['bytes', 'a', 'b', 'change'], rows, new Set([1, 2, 3]));
  const changed = files.filter((row) => row.a?.sha256 !== row.b?.sha256);
  return [
    heading(head!),
    ...lines,
    ...(files.length === 0
      ? []
      : [
          '',
          `files        ${files.length - changed.length} equal${changed.length === 0 ? '' : `, different: ${changed.map(({ name, a, b }) => printable(`${name}${a === null ? ' (only in b)' : b === null ? ' (only in a)' : ''}`)).join(', ')}`}`,
        ]),
  ];
}

function metadataLines({ metadata }: ModelDifference, heading: (text: string) => string): string[] {
  const changed = metadata.filter(({ same }) => !same);
  const same = metadata.filter((row) => row.same && row.a !== null && row.from === 'model');
  const sameReport = metadata.filter((row) => row.same && row.from === 'report').length;
  const text = (value: PlainValue): string => {
    const whole = plainText(value);
    return /^[0-9a-f]{64}$/.test(whole) ? whole.slice(0, 16) : whole;
  };
  return [
    `${heading('metadata')}     ${changed.length === 0 ? '' : `${changed.length} differ; `}${[...same.map(({ name }) => printable(name)), ...(sameReport === 0 ? [] : [`${sameReport} places of the reports`])].join(', ') || 'none'} equal`,
    ...changed.map(
      ({ from, name, a, b }) =>
        `${indent}~ ${from === 'report' ? 'report ' : ''}${printable(name)} ${printable(text(a))} -> ${printable(text(b))}`,
    ),
  ];
}
