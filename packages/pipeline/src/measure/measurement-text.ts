// A measurement as a person reads it on a terminal.
import { counted, printable } from '@wherry/graph';
import { grouped, short } from '../report/numbers.js';
import { plainStyle, type ReportStyle } from '../report/report-text.js';
import { shortened } from '../report/short-name.js';
import { table } from '../report/table.js';
import { reportWidth, wrapText } from '../report/wrap-text.js';
import type { Measurement } from './measurement.js';
import type { OutputFigures } from './output-figures.js';
import type { DifferingTensor } from './differences.js';

const indent = ' '.repeat(14);

/** Ends without a line feed. */
export function measurementText(measurement: Measurement, style: ReportStyle = plainStyle): string {
  const { model, profile, device } = measurement;
  const where =
    device.emulated === null
      ? `${printable(device.chip)}${device.recorded ? ', as a trace tells of it: nothing was asked now' : ''}`
      : `${device.emulated}, emulated in its place; what it counts are instructions and no times`;
  return [
    `model         ${printable(model.file)} (SHA-256 ${model.sha256.slice(0, 12)}…)`,
    ...wrapText(`device        ${profile}: ${where}`, reportWidth, indent),
    ...wrapText(
      `firmware      ${printable(`${device.firmware}, runtime ${device.runtime} ${device.runtimeCommit}`)}`,
      reportWidth,
      indent,
    ),
    '',
    ...parityLines(measurement, style),
    '',
    ...costLines(measurement, style),
    '',
    ...memoryLines(measurement, style),
  ].join('\n');
}

/** One sentence. */
export function parityVerdict({ parity, device }: Measurement): string {
  const { inputs, inputsSaid, tensors, differing, faulty, close } = parity;
  const on = device.emulated === null ? 'the device' : 'the emulated board';
  const samples = `${counted(inputs, 'input')} (${inputsSaid})`;
  const all = tensors === 1 ? 'the one tensor' : `every one of ${tensors} tensors`;
  const [first] = differing;
  if (first === undefined)
    return close === 0
      ? `${all} that layers write is bit for bit that of the integer reference, with ${samples}`
      : `${all} that layers write is that of the reference, ${counted(close, 'tensor')} of real numbers but for rounding, with ${samples}`;
  const cause =
    faulty.length === 0
      ? 'each layer is right on what it was given, so something writes over memory between layers'
      : `${list(faulty.map(named))} ${faulty.length === 1 ? 'computes' : 'compute'} something else than the reference on ${on}; the others were right on what they were given`;
  return `${counted(differing.length, 'tensor')} of ${tensors} differ from the reference, with ${samples}, the first that of ${named(first)}: ${cause}`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function parityLines(measurement: Measurement, style: ReportStyle): string[] {
  const { parity } = measurement;
  const mark = parity.verdict === 'different' ? style.warning : style.good;
  const [head = '', ...rest] = wrapText(`parity        ${parityVerdict(measurement)}`, reportWidth, indent);
  const wrong = parity.faulty.length > 0 ? parity.faulty : parity.differing.slice(0, 5);
  return [
    `${style.heading('parity')}        ${mark(head.slice(indent.length))}`,
    ...rest,
    ...wrong.flatMap((tensor) => wrapText(`${indent}${differenceText(tensor)}`, reportWidth, `${indent}  `)),
    ...(parity.verdict === 'different' ? parity.outputs.flatMap(figureLines) : []),
  ];
}

function named({ layer, operator }: DifferingTensor): string {
  return `${printable(shortened(layer))} (${operator})`;
}

function differenceText({ layer, operator, shape, dtype, input, difference }: DifferingTensor): string {
  const { element, expected, got, differing, of, greatest } = difference;
  return `${printable(layer)} (${operator}, ${dtype} [${shape.join(', ')}]): first at [${element.join(', ')}] of input ${input}, ${got} instead of ${expected}; ${grouped(differing)} of ${grouped(of)} elements, by at most ${short(greatest)}`;
}

function figureLines({ name, acc, rmse, mae, l2r, mean, std, nse, cos }: OutputFigures): string[] {
  const figures = { acc, rmse, mae, l2r, mean, std, nse, cos };
  const said = Object.entries(figures).flatMap(([figure, value]) =>
    value === null ? [] : [`${figure} ${short(value)}`],
  );
  return wrapText(`${indent}output ${printable(name)}: ${said.join(', ')}`, reportWidth, `${indent}  `);
}

function costLines({ cost, layers }: Measurement, style: ReportStyle): string[] {
  const isCount = cost.unit === 'instructions';
  const amount = (value: number): string => (isCount ? grouped(Math.round(value)) : `${short(value)} ms`);
  const spread =
    cost.least === cost.most
      ? `the same in ${counted(cost.windows, 'run')}`
      : `${amount(cost.least)} to ${amount(cost.most)} in ${counted(cost.windows, 'window')}, ${counted(cost.inferences, 'inference')} in all`;
  const rows = layers.map(({ layer, operator, macs, cost: own, share, perMac }) => [
    printable(shortened(layer)),
    operator,
    own === null ? '-' : amount(own),
    share === null ? '-' : `${(100 * share).toFixed(1)} %`,
    macs === 0 ? '-' : grouped(macs),
    perMac === null ? '-' : short(perMac),
  ]);
  const head = [
    'layer',
    'operator',
    isCount ? 'instructions' : 'time',
    'share',
    'MACs',
    isCount ? 'per MAC' : 'ms per MAC',
  ];
  return [
    `${style.heading('cost')}          ${amount(cost.inference)}${isCount ? ' executed instructions' : ''} an inference, ${spread}`,
    '',
    ...table(head, rows, new Set([2, 3, 4, 5])),
    ...(layers.some(({ cost: own }) => own === null) ? ['', '-: more ticks of one layer than the device counts'] : []),
  ];
}

function memoryLines({ memory, device }: Measurement, style: ReportStyle): string[] {
  const { arenaForetold, arenaUsed, stackUsed, stackBytes, heapUsed, heapBytes, modelFlash } = memory;
  const bytes = (value: number): string => `${grouped(value)} ${value === 1 ? 'byte' : 'bytes'}`;
  const parts = [
    arenaUsed === null
      ? null
      : `arena ${bytes(arenaUsed)}${arenaForetold === null ? '' : arenaForetold === arenaUsed ? ', as foretold' : ` (${grouped(arenaForetold)} foretold)`}`,
    stackUsed === null
      ? null
      : `stack ${bytes(stackUsed)} at most${stackBytes === null || device.emulated !== null ? '' : ` of ${grouped(stackBytes)}`}`,
    heapUsed === null || heapBytes === 0 ? null : `heap ${bytes(heapUsed)}`,
    modelFlash === null ? null : `flash ${bytes(modelFlash)} of code and constants of the model`,
  ].flatMap((part) => part ?? []);
  return wrapText(`${style.heading('memory')}        ${parts.join('; ')}`, reportWidth, indent);
}
