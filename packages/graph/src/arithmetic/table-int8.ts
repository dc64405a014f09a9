// A function of one int8 value as the table of its 256 answers that the runtimes make when they load a model.
// Source: LUTPopulate of TFLite and PopulateLookupTable of TFLite Micro, int8; all of it in float32.
import { clamp, roundHalfAway } from './activation.js';
import { mapInt8 } from './integer-map.js';
import type { Operand } from '../op-definition.js';

const { fround } = Math;

/**
 * `f` in real numbers; what it gives is rounded to float32. Answers beyond what an int32 holds saturate: the runtimes leave
 * them to the processor.
 */
export function mapTableInt8(input: Operand, output: Operand, f: (value: number) => number): void {
  const [from, to] = [input.quantization!, output.quantization!];
  const [scale, zeroPoint] = [fround(from.scale[0]!), from.zeroPoint[0]!];
  const toSteps = fround(1 / fround(to.scale[0]!));
  mapInt8(input.data as Int8Array, output.data as Int8Array, (stored) => {
    const real = fround(f(fround(scale * (stored - zeroPoint))));
    return clamp(roundHalfAway(fround(real * toSteps)) + to.zeroPoint[0]!, -128, 127);
  });
}
