// A model is called by what asks most of its runtime: 4-bit weights, whether all filters have them or some; 16 bits among 8.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { numbersOf, schemeOf } from './numbers-of.js';

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

it('names 16 bits before the 8 that are beside them, and takes it for that scheme', () => {
  const builder = new GraphBuilder('g');
  const symmetric = { scale: [0.5], zeroPoint: [0], axis: 0 };
  const narrow = { origin: 'narrow', outputDtype: 'int8', outputQuantization: symmetric } as const;
  const wide = { origin: 'wide', outputDtype: 'int16', outputQuantization: symmetric } as const;
  const x = builder.input('x', [1, 2], 'int8', symmetric);
  const relu = builder.add('RELU', [x], {}, narrow);
  const widened = builder.add('QUANTIZE', [relu], {}, { ...wide, origin: 'to 16' });
  const last = builder.add('RELU', [widened], {}, wide);
  const graph = builder.finish([builder.add('QUANTIZE', [last], {}, { ...narrow, origin: 'to 8' })]);
  expect(numbersOf(graph)).toBe('int16x8 and int8 with int8 input and int8 output');
  expect(schemeOf(graph)).toBe('int16x8');
});
