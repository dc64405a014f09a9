// Real activations that are quantized while the model runs, for weights that are stored as integers ("dynamic range").
// Source: SymmetricQuantizeFloats and AsymmetricQuantizeFloats of TFLite, which quantize each sample by itself.
import { roundHalfAway } from './activation.js';

const { fround } = Math;

/** Fills `centred` from `from` on with the integers less their zero point; returns the scale of a step, a float32. */
export type DynamicQuantizer = (values: Float32Array, centred: Int32Array, from: number, count: number) => number;

/** -127 to 127, without a zero point. */
export const quantizeSymmetric: DynamicQuantizer = (values, centred, from, count) => {
  const [low, high] = extremes(values, from, count);
  const range = Math.max(-low, high);
  if (range === 0) {
    centred.fill(0, from, from + count);
    return 1;
  }
  const inverse = fround(127 / range);
  for (let i = from; i < from + count; i++)
    centred[i] = Math.min(127, Math.max(-127, roundHalfAway(fround(values[i]! * inverse))));
  return fround(range / 127);
};

/** -128 to 127, 0 being a step. */
export const quantizeAsymmetric: DynamicQuantizer = (values, centred, from, count) => {
  const [low, high] = extremes(values, from, count);
  if (low === high) {
    centred.fill(0, from, from + count);
    return 1;
  }
  const scale = (high - low) / 255;
  const [fromLow, fromHigh] = [-128 - low / scale, 127 - high / scale];
  const nearer = 128 + Math.abs(low / scale) < 127 + Math.abs(high / scale) ? fromLow : fromHigh;
  const zeroPoint = Math.min(127, Math.max(-128, roundHalfAway(nearer)));
  const inverse = fround(1 / fround(scale));
  for (let i = from; i < from + count; i++) {
    const stored = roundHalfAway(fround(zeroPoint + fround(values[i]! * inverse)));
    centred[i] = Math.min(127, Math.max(-128, stored)) - zeroPoint;
  }
  return fround(scale);
};

/** The least and the greatest value, 0 among them. */
function extremes(values: Float32Array, from: number, count: number): readonly [number, number] {
  let [low, high] = [0, 0];
  for (let i = from; i < from + count; i++) {
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) high = values[i]!;
  }
  return [low, high];
}

/** All of a tensor, `groups` parts of equal size each by itself. */
export interface DynamicallyQuantized {
  readonly centred: Int32Array;
  readonly scales: Float32Array;
}

export function quantizeEach(values: Float32Array, groups: number, quantize: DynamicQuantizer): DynamicallyQuantized {
  const centred = new Int32Array(values.length);
  const count = values.length / groups;
  const scales = Float32Array.from({ length: groups }, (_, group) => quantize(values, centred, group * count, count));
  return { centred, scales };
}
