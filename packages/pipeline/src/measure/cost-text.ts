// What an inference costs, as a person reads it on a terminal.
import { counted } from '@wherry/graph';
import { grouped, short } from '../report/numbers.js';
import type { ReportStyle } from '../report/report-text.js';
import { table } from '../report/table.js';
import { nameInTable } from './layer-name.js';
import type { Measurement, MeasurementCost, ParityVerdict } from './measurement.js';
import { indent } from './text-column.js';

export function costLines({ cost, plain, layers, parity }: Measurement, style: ReportStyle): string[] {
  const word = `${style.heading('cost')}          `;
  if (cost === null) return [`${word}not measured: ${parity.printed ? 'outputs' : 'layers'} alone were compared`];
  const amount = amountIn(cost);
  const spread =
    cost.least === cost.most
      ? `the same in ${counted(cost.windows, 'run')}`
      : `${amount(cost.least)} to ${amount(cost.most)} in ${counted(cost.windows, 'window')}, ${counted(cost.inferences, 'inference')} in all`;
  const unit = cost.unit === 'instructions' ? ' executed instructions' : '';
  return [
    `${word}${amount(cost.inference)}${unit} an inference, ${spread}${ofWrong(parity.verdict)}`,
    ...(plain?.cost
      ? [`${indent}${amount(plain.cost.inference)}${unit} with plain kernels${ofWrong(plain.verdict)}`]
      : []),
    ...clockLines(cost),
    ...(layers.length === 0 ? [] : ['', ...layerTable(cost, layers, plain !== null && plain.cost !== null)]),
    ...(layers.some(({ cost: own }) => own === null) ? ['', '-: more ticks of one layer than the device counts'] : []),
  ];
}

function clockLines({ clockRate, clockUncertainty }: MeasurementCost): string[] {
  if (clockRate === null || clockUncertainty === null) return [];
  const off = `${(100 * Math.abs(clockRate - 1)).toFixed(2)} % ${clockRate < 1 ? 'slower' : 'faster'}`;
  return [`${indent}by a clock that runs ${off} than it states, to ${(100 * clockUncertainty).toFixed(2)} %`];
}

function ofWrong(verdict: ParityVerdict): string {
  return verdict === 'different' ? ': of a wrong result' : '';
}

function amountIn({ unit }: MeasurementCost): (value: number) => string {
  return (value) => (unit === 'instructions' ? grouped(Math.round(value)) : `${short(value)} ms`);
}

function layerTable(cost: MeasurementCost, layers: Measurement['layers'], hasPlain: boolean): string[] {
  const isCount = cost.unit === 'instructions';
  const amount = amountIn(cost);
  const given = (value: number | null, said: (value: number) => string): string => (value === null ? '-' : said(value));
  const rows = layers.map(({ layer, operator, macs, cost: own, share, perMac, plainCost }, position) => [
    nameInTable(layer, position, layers),
    operator,
    given(own, amount),
    given(share, (value) => `${(100 * value).toFixed(1)} %`),
    macs === 0 ? '-' : grouped(macs),
    given(perMac, short),
    ...(hasPlain ? [given(plainCost, amount)] : []),
  ]);
  const head = [
    ...['layer', 'operator', isCount ? 'instructions' : 'time', 'share', 'MACs', isCount ? 'per MAC' : 'ms per MAC'],
    ...(hasPlain ? ['plain'] : []),
  ];
  return table(head, rows, new Set([2, 3, 4, 5, 6]));
}
