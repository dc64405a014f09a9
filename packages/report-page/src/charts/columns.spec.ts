// Columns have lines across at round numbers, whatever the values are.
import { columns } from './columns.js';

function linesOf(values: readonly (number | null)[]): readonly string[] {
  const chart = columns(
    { id: 'c', title: 't', description: 'd', unit: 'dB' },
    values.map((value, i) => ({ label: `layer_${i}`, value, shown: 'v' })),
  );
  return [...chart.html.matchAll(/>([\d.e+-]+) dB</g)].map(([, value]) => value!);
}

it.each([
  [
    [12, 43, null],
    ['20', '40'],
  ],
  // No layer has more signal than noise.
  [
    [-3, 0, null],
    ['0.5', '1'],
  ],
  [
    [-12, -40],
    ['0.5', '1'],
  ],
  [[null], ['0.5', '1']],
  [
    [5e-324, -1],
    ['0.5', '1'],
  ],
])('of %j', (values, lines) => expect(linesOf(values)).toEqual(lines));
