// What a model was given, as a picture or a line, where it has a form that can be seen.
import type { Shape, TensorData } from '@wherry/graph';
import type { Picture, Waveform } from '@wherry/report-page';
import { short } from '../report/numbers.js';

/** Of an input over all samples. */
export interface InputReach {
  readonly shape: Shape;
  readonly min: number;
  readonly max: number;
}

/** Of a side in the page; larger pictures are thinned out. */
const mostPixels = 96;
/** Fewer are no picture of anything. */
const fewestPixels = 4;
const fewestPoints = 8;

/** The first input that has such a form. */
export function pictureOf(
  values: readonly TensorData[],
  inputs: readonly InputReach[],
): Picture | Waveform | undefined {
  for (const [i, reach] of inputs.entries()) {
    const data = values[i] as ArrayLike<number> | undefined;
    const drawn = data === undefined ? undefined : (pixelsOf(data, reach) ?? lineOf(data, reach.shape));
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

/** [1, height, width, 1 or 3], or [1, height, width]. */
function pixelsOf(values: ArrayLike<number>, { shape, min, max }: InputReach): Picture | undefined {
  const [batch, height = 0, width = 0, channels = 1, ...rest] = shape;
  if (batch !== 1 || rest.length > 0 || (channels !== 1 && channels !== 3)) return undefined;
  if (height < fewestPixels || width < fewestPixels) return undefined;
  const step = Math.ceil(Math.max(height, width) / mostPixels);
  const [rows, columns] = [Math.ceil(height / step), Math.ceil(width / step)];
  const pixels = new Uint8Array(rows * columns * channels);
  const span = max > min ? max - min : 1;
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      for (let channel = 0; channel < channels; channel++) {
        const value = values[(row * step * width + column * step) * channels + channel]!;
        const shade = Math.round((255 * (value - min)) / span);
        pixels[(row * columns + column) * channels + channel] = Math.min(255, Math.max(0, shade));
      }
  const thinned = step === 1 ? '' : `, one pixel of ${step} a side`;
  const words = `${height} by ${width} values, ${short(min)} dark to ${short(max)} light${thinned}`;
  return { kind: 'picture', width: columns, height: rows, channels, pixels, words };
}

/** All dimensions but one are 1. */
function lineOf(values: ArrayLike<number>, shape: Shape): Waveform | undefined {
  const [length = 0, ...more] = shape.filter((size) => size !== 1);
  if (more.length > 0 || length < fewestPoints) return undefined;
  const line = Array.from(values);
  const [low, high] = line.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  return { kind: 'waveform', values: line, words: `${length} values from ${short(low)} to ${short(high)}` };
}
