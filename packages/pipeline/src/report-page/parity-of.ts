// Whether a device computes what it should, with each set of kernels that was measured, and how near its outputs come.
import type { DifferingLayer, Parity, ParityFigures, Verdict } from '@wherry/report-page';
import type { DifferingTensor } from '../measure/differences.js';
import type { Measurement, PlainKernels } from '../measure/measurement.js';
import type { OutputFigures } from '../measure/output-figures.js';
import { differenceText, overwrittenText, parityVerdict, plainVerdict } from '../measure/parity-text.js';

export function verdictOfParity(measurement: Measurement, where: string): Verdict {
  const { parity, plain, profile } = measurement;
  const isRight = parity.verdict !== 'different';
  const isPlainRight = plain === null || plain.verdict !== 'different';
  return {
    state: isRight && isPlainRight ? 'good' : 'bad',
    label: !isRight
      ? 'Computes something else'
      : isPlainRight
        ? 'Computes what it should'
        : 'Computes something else with plain kernels',
    words: [`Measured for ${profile} on ${where}: ${parityVerdict(measurement)}.`, ...plainWords(measurement)],
  };
}

export function parityOf(measurement: Measurement): Parity {
  const { parity, plain } = measurement;
  const own = rowsOf(parity, measurement, plain === null ? undefined : 'optimized');
  const overwritten = parity.overwritten.map((output) => ({
    layer: output.name,
    what: overwrittenText(output),
    ...(plain === null ? {} : { kernels: 'for the core' }),
  }));
  return {
    words: [sentence(parityVerdict(measurement)), ...plainWords(measurement)],
    rows: [...own, ...overwritten, ...(plain === null ? [] : rowsOf(plain, measurement, 'plain'))],
    figures: figuresOf(measurement),
  };
}

function plainWords({ parity, plain, layers }: Measurement): string[] {
  return plain === null ? [] : [sentence(plainVerdict(plain, parity, layers))];
}

function rowsOf(
  { faulty, differing }: Pick<PlainKernels, 'faulty' | 'differing'>,
  { layers, plain }: Measurement,
  kernels: 'optimized' | 'plain' | undefined,
): DifferingLayer[] {
  const isAlone = ({ tensor }: DifferingTensor): boolean =>
    plain?.disagreeing.some((each) => each.kernels === kernels && each.tensor.tensor === tensor) ?? false;
  return (faulty.length > 0 ? faulty : differing).map((tensor) => ({
    layer: tensor.layer,
    what: differenceText(tensor, layers),
    ...(kernels === undefined
      ? {}
      : {
          kernels: `${kernels === 'plain' ? 'plain' : 'for the core'}${isAlone(tensor) ? ', otherwise than the other' : ''}`,
        }),
  }));
}

function figuresOf({ parity, against }: Measurement): ParityFigures[] {
  return [
    ...(parity.verdict === 'different' && parity.outputs.length > 0
      ? [{ caption: 'Outputs against the integer reference', rows: parity.outputs.map(figureRow) }]
      : []),
    ...(against === null || parity.against === null
      ? []
      : [
          {
            caption: `Outputs against ${against.file} (${against.numbers}), on the same inputs before they were rounded`,
            rows: parity.against.map(figureRow),
          },
        ]),
  ];
}

function figureRow({
  name,
  samples,
  acc,
  rmse,
  mae,
  l2r,
  mean,
  std,
  nse,
  cos,
}: OutputFigures): ParityFigures['rows'][0] {
  return { output: name, samples, figures: { acc, rmse, mae, l2r, mean, std, nse, cos } };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
