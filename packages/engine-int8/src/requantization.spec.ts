// Accumulators around every boundary between two integers, for scales of all sizes: float32 must never decide one wrongly.
import { GraphBuilder, type Quantization } from '@wherry/graph';
import { differences, Random } from './testing/against-reference.js';

const channels = 2048;
const scaled = (scale: readonly number[], zeroPoint = 0): Quantization => ({
  scale,
  zeroPoint: scale.map(() => zeroPoint),
  axis: 0,
});

it.each([2 ** -26, 2 ** -20, 2 ** -14, 2 ** -10, 2 ** -7, 2 ** -4, 2 ** -2, 0.5, 1, 3, 40])(
  'of a scale of about %f',
  async (about) => {
    const random = new Random(41);
    for (let round = 0; round < 6; round++) {
      const scales = Array.from({ length: channels }, () => Math.fround(about * (1 + random.number())));
      // Next to a boundary, so far as sums may go: on both sides of it and on it.
      const bias = scales.map((scale) => {
        const sum = Math.round((random.integer(-140, 140) + 0.5) / scale) + random.integer(-2, 2);
        return Math.max(-(2 ** 29), Math.min(2 ** 29, sum));
      });
      const builder = new GraphBuilder('boundaries');
      const x = builder.input('x', [1, 1], 'int8', scaled([1]));
      const ones = new Int8Array(channels).fill(1);
      const w = builder.constant('w', [channels, 1], ones, 'int8', scaled(scales));
      const b = builder.constant('b', [channels], Int32Array.from(bias), 'int32', scaled(scales));
      const output = scaled([1], random.pick([-128, 0, 127, 20]));
      const graph = builder.finish([
        builder.add('FULLY_CONNECTED', [x, w, b], {}, { origin: 'dense', outputQuantization: output }),
      ]);
      for (const value of [-1, 0, 1]) expect(await differences(graph, [Int8Array.of(value)])).toEqual([]);
    }
  },
);
