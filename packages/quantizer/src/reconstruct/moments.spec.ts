// Moments of patches: to the bit the sums that their meaning says, taken patch by patch, whether patches wait or not.
import { randomValues } from '../testing/random-values.js';
import { addPatch, emptyMoments, quadraticOf, worthWaiting } from './moments.js';

const channels = 5;
const certain = { independent: Infinity, centred: true };

/** A third of them zero, as rectified ones are. */
const patchOf = (length: number, seed: number): Float64Array =>
  Float64Array.from(randomValues(length, seed), (value) => Math.max(value, -0.3) + 0.3);

// 71 patches: some that are added together, and some that are left.
it.each([9, worthWaiting - 1, worthWaiting, worthWaiting + 1])('of %i values', (length) => {
  const rows = Array.from({ length: channels }, (_, i) => Float64Array.from(randomValues(length, 900 + i)));
  const moments = emptyMoments(length, channels);
  const sum = new Float64Array(length);
  const products = new Float64Array(length * length);
  const targetSum = new Float64Array(channels);
  const cross = new Float64Array(channels * length);
  let count = 0;
  for (let patch = 0; patch < 71; patch++) {
    const [given, real] = [patchOf(length, patch), patchOf(length, 100 + patch)];
    const share = patch % 3 === 0 ? 0.1 : 1;
    addPatch(moments, given, real, rows, share);
    count += share;
    given.forEach((value, i) => {
      sum[i]! += share * value;
      for (let j = i; j < length; j++) products[i * length + j]! += share * value * given[j]!;
    });
    rows.forEach((row, channel) => {
      const target = share * row.reduce((all, weight, i) => all + weight * real[i]!, 0);
      targetSum[channel]! += target;
      given.forEach((value, i) => (cross[channel * length + i]! += target * value));
    });
  }
  quadraticOf(moments, rows, certain);
  expect(moments).toMatchObject({ count, sum, products, targetSum, cross });
});

it('says of inputs that are what they should be that the weights are best as they are', () => {
  const length = 4;
  const row = Float64Array.of(1, -2, 3, 0.5);
  const moments = emptyMoments(length, 1);
  for (let patch = 0; patch < 50; patch++) addPatch(moments, patchOf(length, patch), patchOf(length, patch), [row]);
  const { hessian, linear } = quadraticOf(moments, [row], { independent: 1e6, centred: true });
  for (let i = 0; i < length; i++)
    expect(row.reduce((all, weight, j) => all + hessian[i * length + j]! * weight, 0)).toBeCloseTo(linear[i]!, 10);
});
