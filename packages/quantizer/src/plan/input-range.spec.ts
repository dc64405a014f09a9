// Inputs keep their whole range by whatever method the rest is clipped: what a user feeds is known exactly.
import { GraphBuilder, type TensorData } from '@wherry/graph';
import { rangeOf } from '../calibrate/range.js';
import { calibrated } from '../testing/small-network.js';
import { randomTensor, randomValues } from '../testing/random-values.js';
import { planned } from '../testing/planned.js';

const builder = new GraphBuilder('outlier');
const input = builder.input('x', [1, 64], 'float32');
const hidden = builder.add(
  'FULLY_CONNECTED',
  [input, builder.constant('w', [4, 64], randomTensor([4, 64], 1), 'float32')],
  {},
  { origin: 'dense' },
);
const graph = builder.finish([hidden]);
/** Within 1 all of them, but for a single value. */
const samples: readonly (readonly TensorData[])[] = Array.from({ length: 40 }, (_, i) => [
  randomValues(64, i + 1).map((value, at) => (i === 20 && at === 7 ? 30 : value)),
]);

it.each(['percentile', 'moving-average'] as const)('holds the outlier of an input with %s', async (method) => {
  const calibration = await calibrated(graph, samples);
  const range = { method, percentile: 99 };
  // As any other tensor it would be clipped: there is something to hold on to.
  const { max } = rangeOf(calibration.statistics.get(input)!, range);
  expect(max).toBeLessThan(10);
  const { written } = planned(graph, calibration, { range });
  const width = 255 * written.get(input)!.quantization!.scale[0]!;
  expect(width).toBeGreaterThan(30);
  expect(width).toBeLessThan(31.5);
});
