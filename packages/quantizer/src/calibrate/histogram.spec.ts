// Bins: every value in the one that its own range says, however wide they have become meanwhile, and whoever counted it.
import { Histogram } from './histogram.js';
import { plainMeasures } from './measures.js';

const half = 2048;

function add(histogram: Histogram, values: readonly number[]): void {
  const measured = plainMeasures.of(Float32Array.from(values));
  histogram.add(measured, values.length, Math.max(...values.map((value) => Math.abs(Math.fround(value)))));
}

/** Lower end and count of what is not empty. */
function binsOf(histogram: Histogram): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  histogram.forEach((center, count) => found.push([center - histogram.width / 2, count]));
  return found;
}

it('holds values from the lower end of a bin on to the next', () => {
  const histogram = new Histogram();
  add(histogram, [1, -1, 0.5, 0.5 + 2 ** -12, -(2 ** -20), 0]);
  expect(histogram.width).toBe(2 ** -10);
  expect(binsOf(histogram)).toEqual([
    [-1, 1],
    [-(2 ** -10), 1],
    [0, 1],
    [0.5, 2],
    [1, 1],
  ]);
});

it('has a bin for a magnitude that is a power of two, in its first sample and in later ones', () => {
  for (const exponent of [-130, -3, 0, 7, 100]) {
    const [first, later] = [new Histogram(), new Histogram()];
    add(first, [2 ** exponent, -(2 ** exponent)]);
    add(later, [2 ** (exponent - 3)]);
    add(later, [2 ** exponent, -(2 ** exponent)]);
    for (const histogram of [first, later]) {
      const bins = binsOf(histogram);
      expect([bins[0]![0], bins.at(-1)![0]]).toEqual([-(2 ** exponent), 2 ** exponent]);
      expect(histogram.width * half).toBeGreaterThan(2 ** exponent);
    }
  }
});

it('counts every zero before anything else was seen', () => {
  const histogram = new Histogram();
  add(histogram, [0, 0, 0]);
  add(histogram, [0, 0]);
  add(histogram, [3]);
  expect(binsOf(histogram)).toEqual([
    [0, 5],
    [3, 1],
  ]);
});

it('makes of two histograms what one would have made of the values of both, whichever is wider', () => {
  const [small, large, zeros] = [
    [0.01, -0.02, 0.005, 0],
    [900, -3, 0.01],
    [0, 0],
  ];
  for (const order of [
    [small, large, zeros],
    [large, small, zeros],
    [zeros, large, small],
  ]) {
    const [one, all] = [new Histogram(), new Histogram()];
    for (const values of order) {
      add(one, values);
      const part = new Histogram();
      add(part, values);
      all.addAll(Histogram.from(part.state));
    }
    expect([all.width, ...binsOf(all)]).toEqual([one.width, ...binsOf(one)]);
  }
});

it('adds a value so often as it would have been seen', () => {
  const [one, other] = [new Histogram(), new Histogram()];
  one.addCount(-0.7, 3);
  one.addCount(5, 2);
  add(other, [-0.7, -0.7, -0.7]);
  add(other, [5, 5]);
  expect(one.state).toEqual(other.state);
});
