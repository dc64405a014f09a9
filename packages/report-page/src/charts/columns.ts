// One column a layer, in the order of the layers: a value each, with the least or greatest one marked.
import { markup, type Markup } from '../markup.js';
import { percentOf } from '../text/percent.js';
import { chart, type ChartOptions } from './chart.js';

export interface ChartColumn {
  readonly label: string;
  /** Null where there is nothing to draw: a dot stands for it. */
  readonly value: number | null;
  readonly shown: string;
}

export interface ColumnsOptions extends Omit<ChartOptions, 'height'> {
  readonly marked?: number | undefined;
  /** Stands beside the marked column. */
  readonly mark?: string;
  readonly unit: string;
}

const [top, plot] = [34, 150];
/** Lines across, of a round number each. */
const mostLines = 4;
/** An axis of less says nothing: of values up to there it goes to there. */
const leastMost = 1;

export function columns(options: ColumnsOptions, rows: readonly ChartColumn[]): Markup {
  const most = Math.max(...rows.map(({ value }) => value ?? 0), leastMost);
  const y = (value: number): number => Number((top + plot - (plot * Math.max(0, value)) / most).toFixed(2));
  const values = roundLines(most);
  const lines = values.map(
    (value) => markup`<line x1="0" x2="100%" y1="${y(value)}" y2="${y(value)}" class="grid" /> `,
  );
  const labels = values.map(
    (value) => markup`<text x="0" y="${y(value) - 3}" class="small outlined">${value} ${options.unit}</text> `,
  );
  const shapes = rows.map(({ label, value, shown }, i) => {
    const [x, width] = [percentOf(i + 0.12, rows.length), percentOf(0.76, rows.length)];
    const height = Number((top + plot - y(value ?? 0)).toFixed(2));
    const shape =
      value === null
        ? markup`<circle cx="${percentOf(i + 0.5, rows.length)}" cy="${top + plot - 4}" r="2" class="muted" />`
        : markup`<rect
            x="${x}"
            y="${y(value)}"
            width="${width}"
            height="${Math.max(1, height)}"
            class="${i === options.marked ? 'bad' : 'plain'}"
          />`;
    return markup`<g><title>${label}: ${shown}</title>${shape}</g> `;
  });
  return chart(
    { ...options, height: top + plot + 22 },
    lines,
    shapes,
    markOf(options, rows),
    // Upon the columns, which lie where they stand.
    labels,
    markup`<line x1="0" x2="100%" y1="${top + plot}" y2="${top + plot}" class="axis" />
      <text x="0" y="${top + plot + 16}" class="small">first layer</text
      ><text x="100%" y="${top + plot + 16}" class="small end">last layer</text> `,
  );
}

/** The name at the left, where it has room on any screen, and a line to its column. */
function markOf({ marked, mark }: ColumnsOptions, rows: readonly ChartColumn[]): Markup | undefined {
  if (marked === undefined || mark === undefined) return undefined;
  const middle = percentOf(marked + 0.5, rows.length);
  return markup`<text x="0" y="14" class="bad-text">${mark}</text>
<line x1="${middle}" x2="${middle}" y1="18" y2="${top + plot}" class="leader"/>
`;
}

function roundLines(most: number): number[] {
  const rough = most / mostLines;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough)!;
  return Array.from({ length: Math.floor(most / step) }, (_, i) => Number(((i + 1) * step).toPrecision(6)));
}
