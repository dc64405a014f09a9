// The arena over time: each buffer a block, from the layer that writes it to the last that needs it, at its addresses.
import { grouped } from '@wherry/graph';
import { markup, type Markup } from '../markup.js';
import type { ArenaPicture } from '../page.js';
import { percentOf } from '../text/percent.js';
import { shortened } from '../text/shortened.js';
import { chart } from './chart.js';

const [top, plot] = [24, 260];
/** What is too thin to be seen is drawn so high. */
const leastHeight = 1;
/** Room for a line of text above one. */
const leastAbove = 16;

export function arena({ steps, buffers, bytes, room, live, peak }: ArenaPicture): Markup {
  const whole = Math.max(bytes, Math.min(room, 1.25 * bytes), 1);
  const y = (address: number): number => Number((top + plot - (plot * address) / whole).toFixed(2));
  const columns = steps.length;
  const blocks = buffers.map(({ name, kind, offset, bytes: size, first, last }, i) => {
    const height = Math.max(leastHeight, Number((y(offset) - y(offset + size)).toFixed(2)));
    const colour = kind === 'scratch' ? 'block scratch' : `block tone${i % 4}`;
    return markup`<g
      ><title>${name}: ${grouped(size)} bytes at ${grouped(offset)}</title
      ><rect
        x="${percentOf(first, columns)}"
        y="${y(offset + size)}"
        width="${percentOf(last - first + 1, columns)}"
        height="${height}"
        class="${colour}"
    /></g> `;
  });
  return chart(
    {
      id: 'arena-chart',
      title: 'The arena over time',
      description: `Addresses from 0 to ${grouped(bytes)} upwards, ${steps.length - 1} layers from left to right. ${peakWords(steps, live, peak)} The table below lists every buffer.`,
      height: top + plot + 24,
      caption:
        'Each block is a buffer: as high as it has bytes, from the layer that writes it to the last one that reads it. Grey blocks with a dashed edge are scratch that a kernel asks for.',
    },
    peakBand(peak, columns),
    blocks,
    roomLine(room, whole, y),
    peakLabel(steps, peak),
    markup`<line x1="0" x2="100%" y1="${top + plot}" y2="${top + plot}" class="axis" />
      <text x="0" y="${top + plot + 17}" class="small">inputs</text
      ><text x="100%" y="${top + plot + 17}" class="small end">layer ${columns - 1}</text> `,
  );
}

export function peakWords(steps: ArenaPicture['steps'], live: ArenaPicture['live'], peak: number | undefined): string {
  return peak === undefined
    ? ''
    : `Most is alive while ${steps[peak]!} runs (layer ${peak} of ${steps.length - 1}): ${grouped(live[peak]!)} bytes.`;
}

function peakBand(peak: number | undefined, columns: number): Markup | undefined {
  if (peak === undefined) return undefined;
  return markup`<rect
    x="${percentOf(peak, columns)}"
    y="${top - 4}"
    width="${percentOf(1, columns)}"
    height="${plot + 4}"
    class="band"
  /> `;
}

function peakLabel(steps: ArenaPicture['steps'], peak: number | undefined): Markup | undefined {
  if (peak === undefined) return undefined;
  return markup`<text x="0" y="14" class="bad-text">peak: ${shortened(steps[peak]!)}</text>
`;
}

function roomLine(room: number, whole: number, y: (address: number) => number): Markup | undefined {
  if (room > whole || room < 0) return undefined;
  return markup`<line x1="0" x2="100%" y1="${y(room)}" y2="${y(room)}" class="limit" /><text
      x="100%"
      y="${y(room) + (y(room) < top + leastAbove ? 13 : -4)}"
      class="small end outlined"
      >room: ${grouped(room)} bytes</text
    > `;
}
