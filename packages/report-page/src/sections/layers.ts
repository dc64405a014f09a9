// What became of each layer: its noise, its ranges, its sizes.
import { counted, grouped, short } from '@wherry/graph';
import { columns } from '../charts/columns.js';
import { histogram } from '../charts/histogram.js';
import { markup, type Content, type Markup } from '../markup.js';
import type { Histogram, LayerRow, Layers, ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table, tableBelow } from '../table.js';
import { decibels, ratioWords } from '../text/decibels.js';
import { shortened } from '../text/shortened.js';

/** Histograms that are shown at once. */
const mostOpen = 12;
/** What has no noise comes behind all that has. */
const greatestDb = 1000;

export function layerSection({ layers }: ReportPage): Section | undefined {
  if (layers === undefined || layers.rows.length === 0) return undefined;
  const { words, rows, worst } = layers;
  const compared = rows.some(({ sqnrDb }) => sqnrDb !== undefined);
  return sectionOf(
    'layers',
    `Layers: ${rows.length}`,
    paragraphs(words),
    noiseChart(layers),
    table({
      caption: 'Layers, in the order in which they run',
      columns: [
        { title: 'Layer' },
        { title: 'No.', numeric: true },
        { title: 'Operator' },
        { title: 'Output' },
        ...(compared ? [{ title: 'Signal to noise', wide: true }] : []),
        { title: 'Multiply-adds', numeric: true },
        { title: 'Weights, bytes', numeric: true },
        { title: 'Alive in RAM, bytes', numeric: true },
        { title: 'What was decided', wide: true },
      ],
      rows: rows.map((row, i) => layerRow(row, i, compared)),
      ...(worst === undefined ? {} : { marked: new Set([worst]) }),
    }),
    histograms(layers),
  );
}

function layerRow(
  { layer, operator, output, macs, weightBytes, liveBytes, sqnrDb, decision }: LayerRow,
  i: number,
  compared: boolean,
) {
  const number = (value: number) => ({ shown: grouped(value), by: value });
  return [
    layer,
    i + 1,
    operator,
    output,
    ...(compared ? [sqnrDb === undefined ? '' : { shown: ratioWords(sqnrDb), by: sqnrDb ?? greatestDb }] : []),
    number(macs),
    number(weightBytes),
    number(liveBytes),
    decision,
  ];
}

function noiseChart({ rows, worst, samples }: Layers): Content {
  if (!rows.some(({ sqnrDb }) => typeof sqnrDb === 'number')) return undefined;
  const name = worst === undefined ? undefined : rows[worst]!;
  return columns(
    {
      id: 'layer-noise',
      title: 'Signal to noise of the output of each layer',
      description: `In decibels, on ${counted(samples, 'sample')}; more is better. ${name === undefined ? '' : `The least is that of ${name.layer}: ${ratioWords(name.sqnrDb ?? null)}.`} The table below has all.`,
      caption: 'Higher is better. Each has the noise of the layers before it in it. A dot: not compared, or exact.',
      marked: worst,
      ...(name === undefined ? {} : { mark: `worst: ${shortened(name.layer)}` }),
      unit: 'dB',
    },
    rows.map(({ layer, sqnrDb }) => ({
      label: layer,
      value: sqnrDb ?? null,
      shown: sqnrDb === undefined ? 'not compared' : sqnrDb === null ? 'exact' : decibels(sqnrDb),
    })),
  );
}

interface DrawnLayer {
  readonly row: LayerRow;
  readonly i: number;
  readonly of: Histogram;
}

/** Of more layers only the worst is open. */
function histograms({ rows, worst, samples }: Layers): Content {
  const drawn = rows.flatMap((row, i) => (row.histogram === undefined ? [] : [{ row, i, of: row.histogram }]));
  if (drawn.length === 0) return undefined;
  const isOpen = ({ i }: DrawnLayer): boolean => drawn.length <= mostOpen || i === worst;
  const rest = drawn.filter((each) => !isOpen(each));
  const grid = (some: readonly DrawnLayer[]): Markup =>
    markup`<div class="histograms">
${some.map((each) => layerHistogram(each, each.i === worst))}</div>
`;
  return markup`<h3>Values of each layer, and the range that was chosen</h3>
<p>Of the float model on ${counted(samples, 'sample')}. Columns show roots of the counts, so that tails are seen. The shaded range is what the integers of the output cover; red columns lie outside of it and are cut off.</p>
${grid(drawn.filter(isOpen))}${
    rest.length === 0
      ? undefined
      : markup`<details><summary>${counted(rest.length, 'layer')} more</summary>
${grid(rest)}</details>
`
  }${tableBelow(`Ranges of ${counted(drawn.length, 'layer')} as a table`, rangeTable(drawn))}`;
}

/** The ends of each histogram; its columns stand in the picture alone. */
function rangeTable(drawn: readonly DrawnLayer[]): Markup {
  const end = (value: number) => ({ shown: short(value), by: value });
  return table({
    caption: 'Values of each layer, and the range that its integers cover',
    columns: [
      { title: 'Layer' },
      { title: 'No.', numeric: true },
      { title: 'Least value', numeric: true },
      { title: 'Greatest value', numeric: true },
      { title: 'Integers from', numeric: true },
      { title: 'Integers to', numeric: true },
      { title: 'In words', wide: true },
    ],
    rows: drawn.map(({ row, i, of: { taken, covered, words } }) => [
      row.layer,
      i + 1,
      ...[taken.low, taken.high, covered.low, covered.high].map(end),
      words,
    ]),
  });
}

function layerHistogram({ row, i, of }: DrawnLayer, isWorst: boolean): Markup {
  return markup`<div><h4>${i + 1}. ${row.layer}${isWorst ? ' (worst)' : ''}</h4>
${histogram(of, `histogram-${i}`, row.layer)}<p>${of.words}</p></div>
`;
}
