// What shares a scale is written in steps that hold the values of all that share it.
import { GraphBuilder } from '@wherry/graph';
import { usual } from '../testing/planned.js';
import { representable } from './affine.js';
import type { ChosenRange } from './choose-ranges.js';
import { plan } from './plan.js';

const builder = new GraphBuilder('mean');
const input = builder.input('x', [1, 2, 2, 1], 'float32');
const window = { filterH: 2, filterW: 2, strideH: 2, strideW: 2 };
const pooled = builder.add('AVERAGE_POOL_2D', [input], window, { origin: 'pool' });
const graph = builder.finish([pooled]);

const range = (min: number, max: number): ChosenRange => ({ min, max, from: 'given' });

// A mean is nearer to 0 than what it is of, and the other way round where only the pool was seen on more samples.
it.each<[string, ChosenRange, ChosenRange]>([
  ['the first', range(-4, 12), range(-1, 2)],
  ['the last', range(-1, 2), range(-4, 12)],
  ['each at one end', range(-4, 2), range(-1, 12)],
  ['each at the other end', range(-1, 12), range(-4, 2)],
])('holds all where %s reaches farthest', (_, own, mean) => {
  const { written } = plan(
    graph,
    new Map([
      [input, own],
      [pooled, mean],
    ]),
    usual,
  );
  const formats = [input, pooled].map((id) => written.get(id)!);
  expect(formats[0]!.quantization).toEqual(formats[1]!.quantization);
  const { min, max } = representable(formats[0]!.quantization!, 'int8');
  // Zero is a step exactly, which shifts both ends by less than one.
  expect(min).toBeCloseTo(-4, 1);
  expect(max).toBeCloseTo(12, 1);
});
