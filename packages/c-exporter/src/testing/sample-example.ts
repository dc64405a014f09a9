// An example of a small model, for tests: four real values in, a score for each of four labels out.
import type { ExampleName } from '@wherry/profiles';
import type { ExampleModel } from '../examples/example-model.js';

/** Names that mean something in one of the languages, if they are let through. */
export const hostile = ['*/ }', '"$x ${y} \\(z)', 'a\nb // é', '</script>`\u{1f600}'];

export function sampleExample(example: ExampleName, change: Partial<ExampleModel> = {}): ExampleModel {
  return {
    example,
    modelName: hostile.join(' '),
    name: 'wake_word',
    inputs: [{ name: hostile[0]!, shape: [1, 4], dtype: 'float32' }],
    outputs: [{ name: hostile[1]!, shape: [1, 4], dtype: 'float32', labels: hostile }],
    keepsState: false,
    profileId: 'a-device',
    tool: { name: 'wherry', version: '0.1.0' },
    runtime: { name: 'a-runtime', from: '2.1.0' },
    sha256: 'ab'.repeat(32),
    halfPrecision: true,
    ...change,
  };
}

const int8 = { dtype: 'int8', quantization: { scale: 0.5, zeroPoint: 3 } } as const;
const uint8 = { dtype: 'uint8', quantization: { scale: 0.25, zeroPoint: 128 } } as const;
const int16 = { dtype: 'int16', quantization: { scale: Math.fround(0.001), zeroPoint: 0 } } as const;

/** Of every type that an input or output may have, in pairs; output i is as large as input i. */
export const everyType: Pick<ExampleModel, 'inputs' | 'outputs'> = {
  inputs: [
    { name: 'a', shape: [1, 4], ...int8 },
    { name: 'b', shape: [2, 1], ...uint8 },
    { name: 'c', shape: [2], ...int16 },
    { name: 'd', shape: [1], dtype: 'int32' },
  ],
  outputs: [
    { name: 'e', shape: [4], ...int8, quantization: { scale: 2, zeroPoint: -1 }, labels: ['w', 'x', 'y', 'z'] },
    { name: 'f', shape: [2], ...uint8 },
    { name: 'g', shape: [2], ...int16 },
    { name: 'h', shape: [1], dtype: 'int32' },
  ],
};
