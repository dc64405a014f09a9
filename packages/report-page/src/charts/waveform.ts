// A sample of one dimension as a line.
import { markup, type Markup } from '../markup.js';
import type { Waveform } from '../page.js';

/** More points than a small picture shows: of each so many the least and the greatest. */
const mostPoints = 240;
const [width, height] = [240, 80];

export function waveform({ values, words }: Waveform): Markup {
  const points = values.length <= mostPoints ? values.map((value, i) => [i, value] as const) : ends(values);
  const [least, most] = [Math.min(...points.map(([, v]) => v)), Math.max(...points.map(([, v]) => v))];
  const y = (value: number): number =>
    most === least ? height / 2 : 2 + ((height - 4) * (most - value)) / (most - least);
  const x = (i: number): number => (values.length < 2 ? width / 2 : (width * i) / (values.length - 1));
  const line = points.map(([i, value]) => `${Number(x(i).toFixed(1))},${Number(y(value).toFixed(1))}`).join(' ');
  return markup`<svg
    role="img"
    aria-label="${words}"
    viewBox="0 0 ${width} ${height}"
    class="sample"
    preserveAspectRatio="none"
  >
    <polyline points="${line}" class="wave" />
  </svg>`;
}

function ends(values: readonly number[]): (readonly [number, number])[] {
  const parts = mostPoints / 2;
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [part, part + 1].map((edge) => Math.floor((edge * values.length) / parts)) as [number, number];
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      if (values[i]! < values[low]!) low = i;
      if (values[i]! > values[high]!) high = i;
    }
    return [Math.min(low, high), Math.max(low, high)].map((i) => [i, values[i]!] as const);
  }).flat();
}
