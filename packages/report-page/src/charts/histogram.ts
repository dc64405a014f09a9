// How often values of a tensor were met, with the range that its integers cover laid over it.
import { short } from '@wherry/graph';
import { markup, type Markup } from '../markup.js';
import type { Histogram } from '../page.js';
import { percentOf } from '../text/percent.js';
import { chart } from './chart.js';

const [top, plot] = [16, 84];

export function histogram(of: Histogram, id: string, name: string): Markup {
  const { low, high, counts, covered, taken, words } = of;
  const most = Math.max(...counts, 1);
  // Roots of the counts: tails would not be seen beside the peak.
  const heightOf = (count: number): number => Number((plot * Math.sqrt(count / most)).toFixed(2));
  const at = (value: number): string => percentOf(Math.min(Math.max(value, low), high) - low, high - low);
  const width = (high - low) / counts.length;
  const columns = counts.map((count, bin) => {
    if (count === 0) return undefined;
    const middle = low + (bin + 0.5) * width;
    const outside = middle < covered.low || middle > covered.high;
    const height = Math.max(1, heightOf(count));
    return markup`<rect
      x="${percentOf(bin, counts.length)}"
      y="${top + plot - height}"
      width="${percentOf(1, counts.length)}"
      height="${height}"
      class="${outside ? 'bad' : 'plain'}"
    /> `;
  });
  return chart(
    {
      id,
      title: `Values of ${name}`,
      description: `Values from ${short(taken.low)} to ${short(taken.high)}; integers cover ${short(covered.low)} to ${short(covered.high)}. ${words}`,
      height: top + plot + 20,
    },
    markup`<rect
      x="${at(covered.low)}"
      y="${top - 10}"
      width="${percentOf(Math.min(covered.high, high) - Math.max(covered.low, low), high - low)}"
      height="${plot + 10}"
      class="covered"
    /> `,
    columns,
    [covered.low, covered.high].map((end) =>
      end < low || end > high
        ? undefined
        : markup`<line x1="${at(end)}" x2="${at(end)}" y1="${top - 12}" y2="${top + plot}" class="limit" /> `,
    ),
    markup`<line x1="0" x2="100%" y1="${top + plot}" y2="${top + plot}" class="axis" />
      <text x="0" y="${top + plot + 15}" class="small">${short(low)}</text
      ><text x="100%" y="${top + plot + 15}" class="small end">${short(high)}</text> `,
  );
}
