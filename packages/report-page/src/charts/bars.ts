// Bars that lie one under the other, each with its label above it.
import { markup, type Markup } from '../markup.js';
import { percentOf } from '../text/percent.js';
import { shortened } from '../text/shortened.js';
import { chart } from './chart.js';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Of it so much, which a class of its own paints. */
  readonly kind?: 'plain' | 'good' | 'bad' | 'muted';
  readonly shown: string;
}

const rowHeight = 44;

/** `whole`: what a full track stands for; where it is left out there are no tracks, and the greatest bar is as wide as the chart. */
export function bars(
  options: { readonly id: string; readonly title: string; readonly description: string; readonly caption?: string },
  rows: readonly Bar[],
  whole?: number,
): Markup {
  const most = whole ?? Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE);
  const shapes = rows.map(({ label, value, kind = 'plain', shown }, row) => {
    const y = row * rowHeight;
    return markup`<text x="0" y="${y + 14}">${shortened(label)}</text><text x="100%" y="${y + 14}" class="end strong">${shown}</text>
      ${whole === undefined ? undefined : markup`<rect x="0" y="${y + 20}" width="100%" height="14" rx="3" class="track" />`}<rect
        x="0"
        y="${y + 20}"
        width="${percentOf(Math.min(Math.abs(value), most), most)}"
        height="14"
        rx="3"
        class="${value < 0 ? 'muted' : kind}"
      /> `;
  });
  return chart({ ...options, height: rows.length * rowHeight }, shapes);
}
