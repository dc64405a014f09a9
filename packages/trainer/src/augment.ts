// Changes of a sample that leave what it shows: drawn anew each time it is looked at.
import type { Shape } from '@wherry/graph';
import { normalFrom } from './random.js';
import type { Augmentation } from './training-settings.js';

/** True where nothing is declared: then samples are the same in every epoch. */
export function isPlain({ flip, shift, noise, gain }: Augmentation): boolean {
  return flip !== true && !shift && !noise && !gain;
}

/** `shape`: [1, height, width, channels] of a picture, [1, time, ...] of a recording. Returns a new array. */
export function augmented(
  values: Float32Array,
  shape: Shape,
  { flip = false, shift = 0, noise = 0, gain = 0 }: Augmentation,
  random: () => number,
): Float32Array {
  const isPicture = shape.length === 4;
  const [rows, columns, inner] = [
    shape[1] ?? 1,
    isPicture ? shape[2]! : 1,
    shape.slice(isPicture ? 3 : 2).reduce((product, size) => product * size, 1),
  ];
  const draw = (most: number): number => Math.floor(random() * (2 * most + 1)) - most;
  const [down, right] = shape.length < 2 || shift === 0 ? [0, 0] : [draw(shift), isPicture ? draw(shift) : 0];
  const mirrored = flip && isPicture && random() < 0.5;
  const factor = 1 + gain * (2 * random() - 1);
  const deviation = noise === 0 ? 0 : noise * deviationOf(values);
  const result = new Float32Array(values.length);
  const within = (at: number, size: number): number => Math.min(size - 1, Math.max(0, at));
  for (let row = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const across = mirrored ? columns - 1 - column : column;
      const from = (within(row - down, rows) * columns + within(across - right, columns)) * inner;
      for (let i = 0; i < inner; i++, to++)
        result[to] = values[from + i]! * factor + (deviation === 0 ? 0 : deviation * normalFrom(random));
    }
  }
  return result;
}

function deviationOf(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
