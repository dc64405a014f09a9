// A model with 4-bit weights is called by them, whether all filters have them or some.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { numbersOf } from './numbers-of.js';

function dense(...filters: readonly ('int4' | 'int8')[]): Graph {
  const builder = new GraphBuilder('g');
  const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };
  const made = (origin: string) => ({ origin, outputDtype: 'int8' as const, outputQuantization: quantization });
  const last = filters.reduce(
    (x, dtype) => {
      const filter = builder.constant('w', [2, 2], new Int8Array(4), dtype, quantization);
      return builder.add('FULLY_CONNECTED', [x, filter, null], {}, made('dense'));
    },
    builder.input('x', [1, 2], 'int8', quantization),
  );
  return builder.finish([builder.add('RELU', [last], {}, made('relu'))]);
}

it.each([
  ['int8 with int4 weights', dense('int4')],
  ['int8 with int4 and int8 weights', dense('int4', 'int8')],
  ['int8', dense('int8')],
])('%s', (words, graph) => {
  expect(numbersOf(graph)).toBe(words);
});
