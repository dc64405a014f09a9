// Constants of 4 bits: two to a byte, the first in the lower half, with a sign.
import type { TfliteModel, TfliteTensor } from '@wherry/tflite-writer';
import { readTensor } from './read-tensor.js';

const read = (count: number, ...bytes: readonly number[]): number[] => {
  const model = { buffers: [{}, { data: Uint8Array.from(bytes) }] } as unknown as TfliteModel;
  const tensor = { type: 'INT4', shape: [count], buffer: 1, external_buffer: 0 } as unknown as TfliteTensor;
  return Array.from(readTensor(model, tensor, 'w').data as Int8Array);
};

it('are spread to bytes', () => {
  expect(read(4, 0x21, 0xf8)).toEqual([1, 2, -8, -1]);
  expect(read(3, 0x7f, 0x0d)).toEqual([-1, 7, -3]);
});

it('are refused where the bytes are not theirs', () => {
  expect(() => read(5, 0x21, 0x43)).toThrow(/its 5 int4 values take 3 bytes, its buffer has 2/);
});
