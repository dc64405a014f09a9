// What is drawn, planned and masked in a training: the same for the same seed, and what its words say.
import { augmented, isPlain } from './augment.js';
import { batchesOf } from './batches.js';
import { normalFrom, randomFrom, shuffled } from './random.js';
import { rateAt } from './schedule.js';
import { maskOf, sparsityAt } from './sparsity.js';

describe('random numbers', () => {
  it('are the same for the same seeds, others for others, and spread', () => {
    const draw = (...seeds: number[]): number[] => {
      const random = randomFrom(...seeds);
      return Array.from({ length: 1000 }, random);
    };
    expect(draw(1, 2)).toEqual(draw(1, 2));
    expect(draw(1, 2)[0]).not.toBe(draw(2, 1)[0]);
    const mean = draw(3).reduce((sum, value) => sum + value, 0) / 1000;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
    const random = randomFrom(5);
    const normals = Array.from({ length: 2000 }, () => normalFrom(random));
    const power = normals.reduce((sum, value) => sum + value ** 2, 0) / 2000;
    expect(power).toBeGreaterThan(0.9);
    expect(power).toBeLessThan(1.1);
  });

  it('shuffle every position once', () => {
    const order = shuffled(50, randomFrom(1));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
  });
});

it('an epoch has every sample once, in an order of its own', () => {
  const [first, second] = [0, 1].map((epoch) => batchesOf(10, { batch: 4, seed: 1 }, epoch));
  expect(first!.map(({ length }) => length)).toEqual([4, 4, 2]);
  expect(first!.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(first).not.toEqual(second);
  expect(batchesOf(5, { batch: 2, seed: 1 }, 'in order')).toEqual([[0, 1], [2, 3], [4]]);
});

describe('the learning rate', () => {
  const settings = { rate: 1, schedule: 'cosine', warmup: 2, epochs: 12 } as const;

  it('grows, and falls to a hundredth', () => {
    expect(rateAt(settings, 0, 10)).toBeCloseTo(1 / 20, 9);
    expect(rateAt(settings, 20, 10)).toBeCloseTo(1, 9);
    expect(rateAt(settings, 70, 10)).toBeCloseTo(0.505, 3);
    expect(rateAt(settings, 120, 10)).toBeCloseTo(0.01, 9);
  });

  it('stays, or falls by tens', () => {
    expect(rateAt({ ...settings, schedule: 'constant' }, 119, 10)).toBe(1);
    const steps = [25, 60, 110].map((step) => rateAt({ ...settings, schedule: 'step' }, step, 10));
    expect(steps).toEqual([1, 0.1, 0.01]);
  });
});

describe('augmentation', () => {
  const picture = Float32Array.from({ length: 12 }, (_, i) => i);
  const shape = [1, 3, 4, 1];
  const draws = Array.from({ length: 40 }, (_, i) => i);

  it('of nothing is none', () => {
    expect(isPlain({})).toBe(true);
    expect(isPlain({ flip: true })).toBe(false);
    expect(augmented(picture, shape, {}, randomFrom(1))).toEqual(picture);
  });

  it('mirrors left and right, half of the time', () => {
    const mirrored = Float32Array.of(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8);
    const seen = draws.map((seed) => augmented(picture, shape, { flip: true }, randomFrom(seed)).join());
    expect(new Set(seen)).toEqual(new Set([picture.join(), mirrored.join()]));
  });

  it('moves by whole places, and repeats the edge', () => {
    const seen = new Set(draws.map((seed) => augmented(picture, shape, { shift: 1 }, randomFrom(seed)).join()));
    expect(seen.size).toBe(9);
    expect(seen.has('0,0,1,2,0,0,1,2,4,4,5,6')).toBe(true);
    const recording = new Set(
      draws.map((seed) => augmented(Float32Array.of(1, 2, 3, 4), [1, 4], { shift: 1 }, randomFrom(seed)).join()),
    );
    expect(recording).toEqual(new Set(['1,1,2,3', '1,2,3,4', '2,3,4,4']));
  });

  it('scales and adds noise within what is declared', () => {
    for (const seed of draws) {
      const scaled = augmented(picture, shape, { gain: 0.1 }, randomFrom(seed));
      expect(scaled[10]!).toBeGreaterThanOrEqual(9 - 1e-6);
      expect(scaled[10]!).toBeLessThanOrEqual(11 + 1e-6);
    }
    const noisy = augmented(picture, shape, { noise: 0.01 }, randomFrom(1));
    expect(noisy).not.toEqual(picture);
    noisy.forEach((value, i) => expect(Math.abs(value - i)).toBeLessThan(0.2));
  });
});

describe('sparsity', () => {
  it('grows to what is wanted in half of the epochs', () => {
    expect(sparsityAt(0.8, 0, 20)).toBeGreaterThan(0.1);
    expect(sparsityAt(0.8, 0, 20)).toBeLessThan(0.8);
    expect(sparsityAt(0.8, 9, 20)).toBeCloseTo(0.8, 9);
    expect(sparsityAt(0.8, 19, 20)).toBeCloseTo(0.8, 9);
  });

  it('takes the smallest, and gives none back', () => {
    const weights = Float32Array.of(0.1, -5, 0.2, 3);
    expect([...maskOf(weights, 0.5, undefined)]).toEqual([0, 1, 0, 1]);
    expect([...maskOf(weights, 0.25, Float32Array.of(1, 0, 1, 1))]).toEqual([1, 0, 1, 1]);
    expect([...maskOf(weights, 0, Float32Array.of(0, 0, 1, 1))]).toEqual([0, 0, 1, 1]);
  });
});
