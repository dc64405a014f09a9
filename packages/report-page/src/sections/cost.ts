// What each layer costs on the device, and whether the device computes what it should.
import { grouped, short } from '@wherry/graph';
import { bars } from '../charts/bars.js';
import type { LayerCost, ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table } from '../table.js';
import { percent } from '../text/percent.js';

/** Of the chart: the table has all. */
const mostBars = 12;

export function costSection({ cost }: ReportPage): Section | undefined {
  if (cost === undefined || cost.rows.length === 0) return undefined;
  const { unit, words, rows } = cost;
  const amount = (value: number): string => (unit === 'ms' ? value.toFixed(3) : grouped(Math.round(value)));
  const largest = rows
    .flatMap(({ layer, cost: value, share }, i) =>
      value === null
        ? []
        : [{ label: `${i + 1}. ${layer}`, value, shown: share === null ? `${amount(value)} ${unit}` : percent(share) }],
    )
    .sort((a, b) => b.value - a.value)
    .slice(0, mostBars);
  return sectionOf(
    'cost',
    `Cost of each layer in ${unit}`,
    paragraphs(words),
    largest.length === 0
      ? undefined
      : bars(
          {
            id: 'cost-chart',
            title: `Layers that cost the most, in ${unit}`,
            description: largest.map(({ label, shown: text }) => `${label}: ${text}`).join('; '),
            ...(largest.length < rows.length
              ? { caption: `The ${largest.length} that cost the most; the table has all.` }
              : {}),
          },
          largest,
        ),
    table({
      caption: 'Layers, in the order in which they run',
      columns: [
        { title: 'Layer' },
        { title: 'No.', numeric: true },
        { title: 'Operator' },
        { title: `Cost, ${unit}`, numeric: true },
        { title: 'Share', numeric: true },
        { title: 'Multiply-adds', numeric: true },
        { title: `${unit} for each multiply-add`, numeric: true },
      ],
      rows: rows.map((row, i) => costRow(row, i, amount)),
    }),
  );
}

function costRow(
  { layer, operator, macs, cost, share, perMac }: LayerCost,
  i: number,
  amount: (cost: number) => string,
) {
  return [
    layer,
    i + 1,
    operator,
    cost === null ? '' : { shown: amount(cost), by: cost },
    share === null ? '' : { shown: percent(share), by: share },
    { shown: grouped(macs), by: macs },
    perMac === null ? '' : { shown: short(perMac), by: perMac },
  ];
}

export function paritySection({ parity }: ReportPage): Section | undefined {
  if (parity === undefined) return undefined;
  return sectionOf(
    'parity',
    'Does the device compute the same?',
    paragraphs(parity.words),
    parity.rows.length === 0
      ? undefined
      : table({
          caption: 'Tensors that differ from the reference',
          columns: [{ title: 'Layer' }, { title: 'What differs' }],
          rows: parity.rows.map(({ layer, what }) => [layer, what]),
        }),
  );
}
