// Whether a device computes as it should, as a person reads it on a terminal.
import { counted, printable } from '@wherry/graph';
import { grouped, short } from '../report/numbers.js';
import type { ReportStyle } from '../report/report-text.js';
import { reportWidth, wrapText } from '../report/wrap-text.js';
import type { DifferingTensor } from './differences.js';
import { calledLayer, tellsNothing } from './layer-name.js';
import type { MeasuredFindings, Measurement, PlainKernels } from './measurement.js';
import type { OverwrittenOutput } from './overwritten-outputs.js';
import type { OutputFigures } from './output-figures.js';
import { indent } from './text-column.js';

type Layers = Measurement['layers'];

/** One sentence. */
export function parityVerdict(measurement: MeasuredFindings): string {
  const { parity, device, layers } = measurement;
  const { inputs, inputsSaid, tensors, differing, faulty, close, overwritten, printed } = parity;
  const on = device.emulated === null ? 'the device' : 'the emulated board';
  const samples = `${counted(inputs, 'input')} (${inputsSaid})`;
  const all = tensors === 1 ? 'the one tensor' : `every one of ${tensors} tensors`;
  const [first] = differing;
  if (printed) return printedVerdict(measurement);
  if (first === undefined && overwritten.length > 0)
    return `${all} that layers write is right, and ${list(overwritten.map(({ name }) => `output ${printable(name)}`))} ${overwritten.length === 1 ? 'is' : 'are'} another once the inference is over, with ${samples}: something writes over ${overwritten.length === 1 ? 'it' : 'them'} in between`;
  if (first === undefined)
    return close === 0
      ? `${all} that layers write is bit for bit that of the integer reference, with ${samples}`
      : `${all} that layers write is that of the reference, ${counted(close, 'tensor')} of real numbers but for rounding, with ${samples}`;
  const cause =
    faulty.length === 0
      ? 'each layer is right on what it was given, so something writes over memory between layers'
      : `${list(faulty.map((each) => calledLayer(each, layers)))} ${faulty.length === 1 ? 'computes' : 'compute'} something else than the reference on ${on}; the others were right on what they were given`;
  return `${counted(differing.length, 'tensor')} of ${tensors} differ from the reference, with ${samples}, the first that of ${calledLayer(first, layers)}: ${cause}`;
}

/** Of a device that prints its first output to a thousandth, and knows nothing of layers. */
function printedVerdict({ parity: { inputs, inputsSaid, differing } }: MeasuredFindings): string {
  const samples = `with ${counted(inputs, 'input')} (${inputsSaid})`;
  const [first] = differing;
  return first === undefined
    ? `the first output is that of the integer reference as far as the device prints it, to a thousandth, ${samples}; layers are not seen over this line`
    : `the first output differs from that of the reference with ${counted(first.inputs, 'input')} of ${inputs} (${inputsSaid}); which layer it comes from is not seen over this line`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

export function parityLines(measurement: Measurement, style: ReportStyle): string[] {
  const { parity, layers } = measurement;
  const mark = parity.verdict === 'different' ? style.warning : style.good;
  const [head = '', ...rest] = wrapText(`parity        ${parityVerdict(measurement)}`, reportWidth, indent);
  const wrong = parity.faulty.length > 0 ? parity.faulty : parity.differing.slice(0, 5);
  return [
    `${style.heading('parity')}        ${mark(head.slice(indent.length))}`,
    ...rest,
    ...wrong.flatMap((tensor) => wrapText(`${indent}${differenceText(tensor, layers)}`, reportWidth, `${indent}  `)),
    ...parity.overwritten.flatMap((output) =>
      wrapText(`${indent}${overwrittenText(output)}`, reportWidth, `${indent}  `),
    ),
    ...(parity.verdict === 'different' ? parity.outputs.flatMap(figureLines) : []),
    ...againstLines(measurement, style),
    ...(measurement.plain === null ? [] : plainLines(measurement.plain, measurement, style)),
  ];
}

export function differenceText(tensor: DifferingTensor, layers: Layers): string {
  const { position, layer, operator, shape, dtype } = tensor;
  const number = tellsNothing(layer, layers) ? `operator ${position}: ` : '';
  return `${number}${printable(layer)} (${operator}, ${dtype} [${shape.join(', ')}]): ${howFar(tensor)}`;
}

export function overwrittenText(output: OverwrittenOutput): string {
  const { name, shape, dtype } = output;
  return `output ${printable(name)} (${dtype} [${shape.join(', ')}]) after it was written: ${howFar(output)}`;
}

function howFar({ input, difference }: Pick<DifferingTensor, 'input' | 'difference'>): string {
  const { element, expected, got, differing, of, greatest } = difference;
  return `first at [${element.join(', ')}] of input ${input}, ${got} instead of ${expected}; ${grouped(differing)} of ${grouped(of)} elements, by at most ${short(greatest)}`;
}

function figureLines({ name, acc, rmse, mae, l2r, mean, std, nse, cos }: OutputFigures): string[] {
  const figures = { acc, rmse, mae, l2r, mean, std, nse, cos };
  const said = Object.entries(figures).flatMap(([figure, value]) =>
    value === null ? [] : [`${figure} ${short(value)}`],
  );
  return wrapText(`${indent}output ${printable(name)}: ${said.join(', ')}`, reportWidth, `${indent}  `);
}

/** What it is held against beside the reference. */
function againstLines({ against, parity }: Measurement, style: ReportStyle): string[] {
  if (against === null || parity.against === null) return [];
  const head = `against       ${printable(against.file)} (${against.numbers}), on the same inputs before they were rounded (acc: the greatest value is at the same place)`;
  const [first = '', ...rest] = wrapText(head, reportWidth, indent);
  return [first.replace('against', style.heading('against')), ...rest, ...parity.against.flatMap(figureLines)];
}

function plainLines(plain: PlainKernels, { parity, layers }: Measurement, style: ReportStyle): string[] {
  const { disagreeing } = plain;
  const [first = '', ...rest] = wrapText(`kernels       ${plainVerdict(plain, parity, layers)}`, reportWidth, indent);
  return [
    first.replace('kernels', style.heading('kernels')),
    ...rest,
    ...disagreeing.flatMap(({ tensor }) =>
      wrapText(`${indent}${differenceText(tensor, layers)}`, reportWidth, `${indent}  `),
    ),
  ];
}

/** One sentence: whether kernels for the core and plain ones agree. */
export function plainVerdict(
  { verdict, differing, disagreeing }: PlainKernels,
  parity: Measurement['parity'],
  layers: Layers,
): string {
  if (disagreeing.length > 0) {
    const wrong = disagreeing.map(
      ({ kernels, tensor }) =>
        `${kernels === 'plain' ? 'the plain kernel' : 'the kernel for the core'} of ${calledLayer(tensor, layers)}`,
    );
    return `${list(wrong)} ${wrong.length === 1 ? 'computes' : 'compute'} otherwise than the other`;
  }
  const agree = 'plain kernels and those for the core agree in every layer';
  const [own, other] = [parity.verdict === 'different', verdict === 'different'];
  if (!own && !other) return agree;
  const places = (tensors: readonly DifferingTensor[]): string => tensors.map(({ tensor }) => tensor).join();
  if (own && other && places(parity.differing) === places(differing))
    return `${agree}, and both differ from the reference`;
  return `with ${own && other ? 'each set, otherwise' : own ? 'those for the core' : 'plain ones'}, tensors differ though no layer is wrong on what it was given: something writes over memory there`;
}
