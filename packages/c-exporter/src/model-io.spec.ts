// model_io.h run on the host against the formula of TensorFlow Lite's AffineQuantize and Dequantize.
import { integerRange } from '@wherry/graph';
import type { TensorExport } from './model-export.js';
import { exportedTexts } from './testing/exported-texts.js';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { sampleExport } from './testing/sample-export.js';

type QuantizedDtype = 'int8' | 'uint8' | 'int16';
const arrays = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array } as const;

/** round(value / scale) + zero point in float32, halves away from zero, saturated. */
function quantized(value: number, dtype: QuantizedDtype, scale: number, zeroPoint: number): number {
  if (Number.isNaN(value)) return zeroPoint;
  const [least, greatest] = integerRange(dtype);
  const quotient = Math.fround(value / scale);
  const rounded = Math.sign(quotient) * Math.floor(Math.abs(quotient) + 0.5);
  return Math.min(greatest, Math.max(least, rounded + zeroPoint));
}

/** Floats of every kind: seeded bit patterns, neighbourhoods of every rounding boundary, the extremes. */
function testValues(dtype: QuantizedDtype, scale: number, zeroPoint: number): Float32Array<ArrayBuffer> {
  const values = [0, -0, NaN, Infinity, -Infinity, 3.4028234663852886e38, -3.4028234663852886e38, 1e-45, -1e-45];
  let seed = 12345;
  const next = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0);
  const view = new DataView(new ArrayBuffer(4));
  for (let round = 0; round < 20000; round++) {
    view.setUint32(0, next());
    values.push(view.getFloat32(0), (next() / 2 ** 31 - 1) * scale * 400);
  }
  const [least, greatest] = integerRange(dtype);
  for (let step = least - 2; step <= greatest + 2; step += dtype === 'int16' ? 61 : 1) {
    const boundary = Math.fround((step + 0.5 - zeroPoint) * scale);
    view.setFloat32(0, boundary);
    const bits = view.getUint32(0);
    for (let near = -2; near <= 2; near++) {
      view.setUint32(0, (bits + near) >>> 0);
      values.push(view.getFloat32(0));
    }
  }
  return Float32Array.from(values);
}

const program = (language: string): string => `#include <stdio.h>
#include "model_io.h"
#define MAX 65536
static float values[MAX];
static g_model_input_0_t stored[MAX];
int main(void) {
  size_t count = fread(values, sizeof(float), MAX, stdin), i;
  g_model_quantize_input_0_n(values, stored, count);
  for (i = 0; i < count; ++i) if (g_model_quantize_input_0(values[i]) != stored[i]) return 3;
  if (fwrite(stored, sizeof stored[0], count, stdout) != count) return 1;
  g_model_dequantize_input_0_n(stored, values, count);
  return fwrite(values, sizeof(float), count, stdout) == count ? 0 : 2;
}
/* ${language} */
`;

describeCompiled('model_io.h', () => {
  const cases: readonly [QuantizedDtype, number, number][] = [
    ['int8', 1, -128],
    ['int8', Math.fround(0.584703), 83],
    ['int8', Math.fround(1 / 256), -128],
    ['int8', Math.fround(1e-38), 0],
    ['uint8', Math.fround(0.0078125), 128],
    ['int16', Math.fround(1 / 32768), 0],
    ['int16', Math.fround(3e30), -5],
  ];

  it.each(cases.flatMap((each) => (['c11', 'c++11'] as const).map((language) => [...each, language] as const)))(
    'quantizes to %s by %d around %d, and back, as %s',
    (dtype, scale, zeroPoint, language) => {
      const values = testValues(dtype, scale, zeroPoint);
      expect(values.length).toBeLessThan(65536);
      const bytes = runProgram({ name: 'x', shape: [1], dtype, quantization: { scale, zeroPoint } }, values, language);
      const Stored = arrays[dtype];
      const storedBytes = values.length * Stored.BYTES_PER_ELEMENT;
      const stored = new Stored(bytes.slice(0, storedBytes).buffer);
      const restored = new Float32Array(bytes.slice(storedBytes).buffer);
      const wanted = new Stored(Array.from(values, (value) => quantized(value, dtype, scale, zeroPoint)));
      expect(firstDifference(values, stored, wanted)).toBeNull();
      expect(
        firstDifference(
          stored,
          restored,
          Float32Array.from(wanted, (q) => scale * (q - zeroPoint)),
        ),
      ).toBeNull();
    },
    30_000,
  );

  it.each(['c11', 'c++11'] as const)('passes float inputs through, as %s', (language) => {
    const values = Float32Array.of(0, -1.5, Infinity, 1e-45);
    const bytes = runProgram({ name: 'x', shape: [1], dtype: 'float32' }, values, language);
    expect(new Float32Array(bytes.buffer)).toEqual(Float32Array.of(...values, ...values));
  });

  function runProgram(
    input: TensorExport,
    values: Float32Array<ArrayBuffer>,
    language: 'c11' | 'c++11',
  ): Uint8Array<ArrayBuffer> {
    const folder = buildFolder();
    try {
      const source = language === 'c11' ? 'main.c' : 'main.cc';
      folder.write(new Map([...exportedTexts(sampleExport({ inputs: [input] })), [source, program(language)]]));
      const object = folder.compile(source, language, ['-O2']);
      return Uint8Array.from(folder.run(folder.link([object], 'program'), new Uint8Array(values.buffer)));
    } finally {
      folder.remove();
    }
  }

  type Numbers = { readonly length: number; readonly [index: number]: number };

  function firstDifference(given: Numbers, found: Numbers, wanted: Numbers): object | null {
    if (found.length !== wanted.length) return { found: found.length, wanted: wanted.length };
    for (let at = 0; at < wanted.length; at++) {
      if (!Object.is(found[at]! + 0, wanted[at]! + 0))
        return { given: given[at], found: found[at], wanted: wanted[at] };
    }
    return null;
  }
});
