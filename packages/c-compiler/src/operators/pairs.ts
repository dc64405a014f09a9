// Weights of two channels in one multiplication, for the DSP extension: kernels/arm-dsp/.
import { areSumsSmall, type Filters, type SmallScaling } from './small-scales.js';

/** Below this, a channel's sum of absolute weights is told from the sum that it is computed together with. */
const greatestWeights = 65536;

/** How the values of a filter are cut into rows. */
export interface Rows {
  readonly rows: number;
  /** Values of each, a multiple of `unit`; those behind the filter's end weigh nothing. */
  readonly run: number;
}

/** Whether every weight of a second channel can carry the sign of the first one's. */
function canCarry({ values, channels, length }: Filters): boolean {
  for (let channel = 1; channel < channels; channel += 2)
    for (let k = 0; k < length; k++)
      if (values[channel * length + k] === -128 && values[(channel - 1) * length + k]! < 0) return false;
  return true;
}

/** Whether the sums of channels 1, 3, ... can be told behind each `run` values. */
function isTold({ values, channels, length }: Filters, run: number): boolean {
  for (let channel = 1; channel < channels; channel += 2)
    for (let first = 0; first < length; first += run) {
      let sum = 0;
      for (let k = first; k < Math.min(length, first + run); k++) sum += Math.abs(values[channel * length + k]!);
      if (sum >= greatestWeights) return false;
    }
  return true;
}

/** As few rows as sums can be told by. */
export function fewestRows(filters: Filters, unit: 4 | 8): Rows {
  for (let parts = 1; ; parts++) {
    const run = unit * Math.ceil(filters.length / parts / unit);
    if (isTold(filters, run)) return { rows: Math.ceil(filters.length / run), run };
  }
}

/** Values that stand in two words, in their order there. */
const order = [0, 2, 1, 3];

/**
 * Words of weights [channels / (2 * pairs)][padded / 4][pairs][2]: of two values, each with the weights of both channels of a
 * pair.
 */
export function pairedWeights({ values, channels, length }: Filters, { rows, run }: Rows, pairs: number): Int32Array {
  const padded = rows * run;
  const bytes = new Int8Array(Math.ceil(channels / 2 / pairs) * 2 * pairs * padded);
  const weightAt = (channel: number, k: number): number =>
    channel < channels && k < length ? values[channel * length + k]! : 0;
  let to = 0;
  for (let block = 0; block < channels; block += 2 * pairs)
    for (let k = 0; k < padded; k += 4)
      for (let channel = block; channel < block + 2 * pairs; channel += 2)
        for (const i of order) {
          const first = weightAt(channel, k + i);
          bytes[to++] = first;
          bytes[to++] = weightAt(channel + 1, k + i) - Number(first < 0);
        }
  // The words are little-endian, as their target is.
  const view = new DataView(bytes.buffer);
  return Int32Array.from({ length: bytes.length / 4 }, (_, word) => view.getInt32(4 * word, true));
}

/** Whether kernels for pairs compute what the portable one does. */
export function canPair(filters: Filters, scaling: SmallScaling): boolean {
  return areSumsSmall(filters, scaling) && canCarry(filters);
}
