// The interval of a constant that stands in the place of an activation.
import { withZero, type Range } from '../calibrate/range.js';

/** What is written where infinity is meant, e.g. the padding before a maximum; the square of more is infinite in float32. */
const endless = 2 ** 64;

/** With zero. Endless values are left out, and so become the least or greatest integer. */
export function constantRange(data: Float32Array): Range {
  let min = 0;
  let max = 0;
  for (const value of data) {
    if (value < min && value > -endless) min = value;
    if (value > max && value < endless) max = value;
  }
  return withZero({ min, max });
}
