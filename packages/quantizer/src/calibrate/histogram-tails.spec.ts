// The tails against sums over every value, at ends between, on and beyond the bins.
import { HistogramTails } from './histogram-tails.js';
import { Histogram } from './histogram.js';
import { plainMeasures } from './measures.js';

it('gives what a sum over all values gives', () => {
  const histogram = new Histogram();
  const values = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i) * (i % 7));
  histogram.add(plainMeasures.of(values), values.length, 6.5);
  const centers: number[] = [];
  histogram.forEach((center, count) => centers.push(...new Array<number>(count).fill(center)));
  const tails = new HistogramTails(histogram);
  expect(tails.total).toBe(5000);
  for (const end of [-8, -5.9, -1, centers[40]!, 0, 0.3, centers.at(-40)!, 4, 8]) {
    const outside = {
      below: centers.filter((center) => center < end),
      above: centers.filter((center) => center > end),
    };
    for (const side of ['below', 'above'] as const) {
      expect(tails[side](end).count).toBe(outside[side].length);
      expect(tails[side](end).squares).toBeCloseTo(
        outside[side].reduce((sum, center) => sum + (center - end) ** 2, 0),
        6,
      );
    }
  }
});
