// What each layer costs on the device, and whether the device computes what it should.
import { grouped, short } from '@wherry/graph';
import { bars } from '../charts/bars.js';
import type { Markup } from '../markup.js';
import type { LayerCost, ParityFigures } from '../page-measured.js';
import type { ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table } from '../table.js';
import { percent } from '../text/percent.js';

/** Of the chart: the table has all. */
const mostBars = 12;

export function costSection({ cost }: ReportPage): Section | undefined {
  if (cost === undefined || cost.rows.length === 0) return undefined;
  const { unit, words, rows } = cost;
  const hasPlain = rows.some(({ plainCost }) => plainCost !== null);
  const amount = (value: number): string => (unit === 'ms' ? value.toFixed(3) : grouped(Math.round(value)));
  const largest = rows
    .flatMap(({ layer, cost: value, share }, i) =>
      value === null
        ? []
        : [{ label: `${i + 1}. ${layer}`, value, shown: share === null ? `${amount(value)} ${unit}` : percent(share) }],
    )
    .sort((a, b) => b.value - a.value)
    .slice(0, mostBars);
  const whole = wholeOf(rows);
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
          whole,
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
        ...(hasPlain ? [{ title: 'Cost with plain kernels', numeric: true }] : []),
      ],
      rows: rows.map((row, i) => [
        ...costRow(row, i, amount),
        ...(hasPlain ? [row.plainCost === null ? '' : { shown: amount(row.plainCost), by: row.plainCost }] : []),
      ]),
    }),
  );
}

/** What all shares are of; undefined where none is known. */
function wholeOf(rows: readonly LayerCost[]): number | undefined {
  const known = rows.find(({ cost, share }) => cost !== null && share !== null && share > 0);
  return known === undefined ? undefined : known.cost! / known.share!;
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
  const { words, rows, figures } = parity;
  const hasKernels = rows.some(({ kernels }) => kernels !== undefined);
  return sectionOf(
    'parity',
    'Does the device compute the same?',
    paragraphs(words),
    rows.length === 0
      ? undefined
      : table({
          caption: 'Tensors that differ from the reference',
          columns: [
            { title: 'Layer' },
            ...(hasKernels ? [{ title: 'Kernels' }] : []),
            { title: 'What differs', wide: true },
          ],
          rows: rows.map(({ layer, kernels, what }) => [layer, ...(hasKernels ? [kernels] : []), what]),
        }),
    figures.map(figureTable),
  );
}

function figureTable({ caption, rows }: ParityFigures): Markup {
  const names = Object.keys(rows[0]?.figures ?? {});
  return table({
    caption: `${caption} (acc: share of samples whose greatest value is at the same place)`,
    columns: [
      { title: 'Output' },
      { title: 'Samples', numeric: true },
      ...names.map((title) => ({ title, numeric: true })),
    ],
    rows: rows.map(({ output, samples, figures }) => [
      output,
      samples,
      ...names.map((name) => {
        const value = figures[name] ?? null;
        return value === null ? '' : { shown: short(value), by: value };
      }),
    ]),
  });
}
