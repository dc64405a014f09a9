// Outputs are kept in order, and only as many as a bounded memory takes.
import { FloatOutputs } from './float-outputs.js';

it('gives back what it was given, sample by sample', () => {
  const outputs = new FloatOutputs();
  outputs.keep([Float32Array.of(1), Float32Array.of(2, 3)]);
  outputs.keep([Float32Array.of(4), Float32Array.of(5, 6)]);
  expect(outputs.of(1)).toEqual([Float32Array.of(4), Float32Array.of(5, 6)]);
  expect(outputs.of(2)).toBeUndefined();
});

it('keeps 16 MiB and no more', () => {
  const outputs = new FloatOutputs();
  for (let i = 0; i < 6; i++) outputs.keep([new Float32Array(2 ** 20)]);
  expect(outputs.of(3)).toHaveLength(1);
  expect(outputs.of(4)).toBeUndefined();
});
