// A function of one int16 value as 513 places with straight lines between them, as the runtime keeps it.
// Source: LUTPopulate and LUTLookup of TFLite, int16; all of it in float32.
import { clamp, roundHalfAway } from './activation.js';

const { fround } = Math;
const steps = 512;

export interface TableRange {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** `f` in real numbers; input and output are int16 with these scales. */
export function interpolatedTable(input: TableRange, output: TableRange, f: (value: number) => number): Int16Array {
  const end = (of: TableRange, value: number): number => fround(fround(of.scale) * (value - of.zeroPoint));
  const [first, last] = [end(input, -32768), end(input, 32767)];
  const step = fround(fround(last - first) / steps);
  const toSteps = fround(65536 / fround(end(output, 32767) - end(output, -32768)));
  const at = (place: number): number => fround(f(fround(first + fround(place * step))));
  const stored = (value: number): number => clamp(value, -32768, 32767);
  return Int16Array.from({ length: steps + 1 }, (_, i) => {
    if (i === steps) return stored(roundHalfAway(fround(fround(f(last)) * toSteps)));
    const value = roundHalfAway(fround(at(i) * toSteps));
    const middle = fround(f(fround(fround(first + fround(i * step)) + fround(step / 2))));
    const straight = roundHalfAway(fround(fround(fround(at(i + 1) * toSteps) + value) / 2));
    const bias = roundHalfAway(fround(straight - roundHalfAway(fround(middle * toSteps))) / 2);
    return stored(value - bias);
  });
}

/** The function of an int16 value. */
export function interpolate(table: Int16Array, value: number): number {
  const place = 256 + (value >> 7);
  const slope = ((table[place + 1]! - table[place]!) << 16) >> 16;
  return table[place]! + ((slope * (value & 0x7f) + 64) >> 7);
}
