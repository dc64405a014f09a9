// A ratio of scales is that of the channel that comes nearest to the limit, and the limit itself is beyond it.
import { exceededRatio, productOfScales } from './scale-ratio.js';
import type { ScaleRatio } from '../runtime-kernels.js';

const ratio: ScaleRatio = { of: [0, 1], activations: ['int8'], weights: ['int8'], below: 16 };
const scaled = (dtype: 'int8' | 'int16' | 'int4', ...scale: readonly number[]) => ({
  dtype,
  quantization: { scale, zeroPoint: scale.map(() => 0), axis: 0 },
});
const step = scaled('int8', 0.5);

it('takes the greatest scale of all channels, wherever it stands', () => {
  for (const scales of [
    [1, 2, 16],
    [16, 2, 1],
    [1, 16, 2],
  ])
    expect(productOfScales(ratio, [step, scaled('int8', ...scales)])).toBe(8);
});

it('exceeds from the limit on', () => {
  const found = (weights: number): number | undefined =>
    exceededRatio(ratio, [scaled('int8', 0.5), scaled('int8', weights)], step);
  expect([found(15.75), found(16), found(17)]).toEqual([undefined, 16, 17]);
});

it('asks nothing of other types, nor of an operand that is left out or has no scale', () => {
  const weights = scaled('int8', 64);
  expect(exceededRatio(ratio, [scaled('int16', 0.5), weights], step)).toBeUndefined();
  expect(exceededRatio(ratio, [step, scaled('int4', 64)], step)).toBeUndefined();
  expect(exceededRatio(ratio, [step, undefined], step)).toBeUndefined();
  expect(exceededRatio(ratio, [step, { dtype: 'int8' }], step)).toBeUndefined();
  expect(exceededRatio(ratio, [step, weights], {})).toBeUndefined();
});
