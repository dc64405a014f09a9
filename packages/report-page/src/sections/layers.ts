// What became of each layer: its noise, its ranges, its sizes.
import { counted, grouped } from '@wherry/graph';
import { columns } from '../charts/columns.js';
import { histogram } from '../charts/histogram.js';
import { markup, type Content } from '../markup.js';
import type { LayerRow, Layers, ReportPage } from '../page.js';
import { paragraphs, sectionOf, type Section } from '../section.js';
import { table } from '../table.js';
import { decibels, ratioWords } from '../text/decibels.js';
import { shortened } from '../text/shortened.js';

export function layerSection({ layers }: ReportPage): Section | undefined {
  if (layers === undefined || layers.rows.length === 0) return undefined;
  const { words, rows, worst } = layers;
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
        { title: 'Signal to noise', wide: true },
        { title: 'Multiply-adds', numeric: true },
        { title: 'Weights, bytes', numeric: true },
        { title: 'Alive in RAM, bytes', numeric: true },
        { title: 'What was decided', wide: true },
      ],
      rows: rows.map(layerRow),
      ...(worst === undefined ? {} : { marked: new Set([worst]) }),
    }),
    histograms(layers),
  );
}

function layerRow({ layer, operator, output, macs, weightBytes, liveBytes, sqnrDb, decision }: LayerRow, i: number) {
  const number = (value: number) => ({ shown: grouped(value), by: value });
  return [
    layer,
    i + 1,
    operator,
    output,
    sqnrDb === undefined ? '' : { shown: ratioWords(sqnrDb), by: sqnrDb ?? 1000 },
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

function histograms({ rows, worst, samples }: Layers): Content {
  const drawn = rows.flatMap((row, i) => (row.histogram === undefined ? [] : [{ row, i, of: row.histogram }]));
  if (drawn.length === 0) return undefined;
  return markup`<h3>Values of each layer, and the range that was chosen</h3>
    <p>
      Of the float model on ${counted(samples, 'sample')}. Columns show roots of the counts, so that tails are seen. The
      shaded range is what the integers of the output cover; red columns lie outside of it and are cut off.
    </p>
    <div class="histograms">
      ${drawn.map(
        ({ row, i, of }) =>
          markup`<div>
            <h4>${i + 1}. ${row.layer}${i === worst ? ' (worst)' : ''}</h4>
            ${histogram(of, `histogram-${i}`, row.layer)}
            <p>${of.words}</p>
          </div> `,
      )}
    </div> `;
}
