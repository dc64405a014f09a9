// Values that integers would give back, and the gradients that go past the rounding: on the plain backend.
import * as tf from '@tensorflow/tfjs-core';
import { affineOf, fakeAffine, fakeSteps, fakeSymmetric } from './fake-quantize.js';
import { plainBackend } from './testing/plain-backend.js';

const int8 = { least: -128, greatest: 127, symmetric: false };
const int16 = { least: -32768, greatest: 32767, symmetric: true };

beforeAll(plainBackend);

/** One value as int8 gives it back for an interval: worked out by hand. */
function givenBack(value: number, min: number, max: number): number {
  const scale = (max - min) / 255;
  const zeroPoint = Math.floor(-128 - min / scale + 0.5);
  const integer = Math.min(127, Math.max(-128, Math.round(value / scale) + zeroPoint));
  return (integer - zeroPoint) * scale;
}

describe('fakeAffine', () => {
  const values = [-3, -1.01, -0.41, 0, 0.003, 0.7, 2.99, 5];

  it('gives what the integers of the interval give back', () => {
    const given = fakeAffine(tf, tf.tensor(values), tf.scalar(-1), tf.scalar(3), int8).arraySync() as number[];
    given.forEach((value, i) => expect(value).toBeCloseTo(givenBack(values[i]!, -1, 3), 5));
    expect(given[3]).toBe(0);
  });

  it('has a zero point of 0 where it is symmetric', () => {
    const { scale, zeroPoint } = affineOf(tf, tf.scalar(-1), tf.scalar(3), int16);
    expect([scale.arraySync(), zeroPoint.arraySync()]).toEqual([expect.closeTo(3 / 32767, 9), 0]);
  });

  it('passes gradients inside on, and those beyond an end to that end', () => {
    const gradients = tf.grads((x, min, max) => tf.sum(fakeAffine(tf, x, min, max, int8)));
    const [x, min, max] = gradients([tf.tensor(values), tf.scalar(-1), tf.scalar(3)]);
    // -1.01 is not yet half a step outside.
    expect(x!.arraySync()).toEqual([0, 1, 1, 1, 1, 1, 1, 0]);
    const inside = values.slice(1, 7).map((value) => {
      const steps = value / (4 / 255);
      return Math.round(steps) - steps;
    });
    const ofScale = inside.reduce((sum, each) => sum + each, 0) / 255;
    expect(min!.arraySync()).toBeCloseTo(1 - ofScale, 4);
    expect(max!.arraySync()).toBeCloseTo(1 + ofScale, 4);
  });
});

describe('fakeSymmetric', () => {
  const weights = tf.tensor2d([
    [0.9, -0.31, 2],
    [0.02, 0.1, -0.052],
  ]);
  const magnitudes = tf.tensor2d([[1], [0.1]]);

  it('has a scale for each slice, and cuts off what is beyond', () => {
    const given = fakeSymmetric(tf, weights, magnitudes, 7).arraySync() as number[][];
    const expected = [
      [6 / 7, -2 / 7, 1],
      [0.1 / 7, 0.1, -0.4 / 7],
    ];
    given.flat().forEach((value, i) => expect(value).toBeCloseTo(expected.flat()[i]!, 5));
  });

  it('passes gradients on but for what is cut off, which goes to the magnitude of its slice', () => {
    const gradients = tf.grads((x, m) => tf.sum(fakeSymmetric(tf, x, m, 7)));
    const [x, m] = gradients([weights, magnitudes]);
    expect(x!.arraySync()).toEqual([
      [1, 1, 0],
      [1, 1, 1],
    ]);
    const rest = (real: number): number => Math.round(real) - real;
    const [first, second] = (m!.arraySync() as number[][]).flat();
    expect(first).toBeCloseTo((rest(0.9 * 7) + rest(-0.31 * 7) + 7) / 7, 4);
    expect(second).toBeCloseTo((rest(1.4) + 0 + rest(-3.64)) / 7, 4);
  });

  it('sums over all for one magnitude', () => {
    const [, m] = tf.grads((x, one) => tf.sum(fakeSymmetric(tf, x, one, 127)))([weights, tf.tensor2d([[2]])]);
    expect(m!.shape).toEqual([1, 1]);
  });
});

it('steps of a bias are kept, and its gradient', () => {
  const [x] = tf.grads((value, step) => tf.sum(fakeSteps(tf, value, step)))([tf.tensor([0.26, -1]), tf.scalar(0.1)]);
  expect(x!.arraySync()).toEqual([1, 1]);
  const given = fakeSteps(tf, tf.tensor([0.26, -1]), tf.scalar(0.1)).arraySync() as number[];
  expect(given).toEqual([expect.closeTo(0.3, 6), expect.closeTo(-1, 6)]);
});
