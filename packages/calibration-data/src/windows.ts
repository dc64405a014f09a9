// Cuts a long record into windows of consecutive frames along its first dimension.
import type { Shape } from '@wherry/graph';
import type { Values } from './formats/format.js';
import { refuse } from './refuse.js';
import { elements, show } from './sample-shape.js';

export interface Windowing {
  /** Frames of one window. */
  readonly length: number;
  /** Frames from the start of one window to the start of the next. */
  readonly stride: number;
}

export function windowCount(shape: Shape, { length, stride }: Windowing, where: string): number {
  const frames = shape[0] ?? 0;
  if (frames < length)
    refuse('DATA_SHAPE', {
      what: `the record is ${show(shape)} and a window takes ${length} frames`,
      where,
      next: 'give a smaller window, or leave this record out',
    });
  return Math.floor((frames - length) / stride) + 1;
}

export function cutWindow({ shape, data }: Values, start: number, { length }: Windowing): Values {
  const frame = elements(shape.slice(1));
  return { shape: [length, ...shape.slice(1)], data: data.slice(start * frame, (start + length) * frame) };
}
