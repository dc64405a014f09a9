// Why a scheme changes nothing of a model: what has weights is too small for it, or lacks a kernel, or there is nothing.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { usual } from '../testing/planned.js';
import { plan } from './plan.js';
import type { SchemeName, Supports } from './schemes/scheme.js';

function model(rows: number): Graph {
  const builder = new GraphBuilder('g');
  const x = builder.input('x', [1, 64], 'float32');
  const filter = (): number => builder.constant('w', [rows, 64], new Float32Array(rows * 64).fill(0.5), 'float32');
  const y = rows === 0 ? x : builder.add('FULLY_CONNECTED', [x, filter(), null], {}, { origin: 'dense' });
  return builder.finish([builder.add('SOFTMAX', [y], { beta: 1 }, { origin: 'softmax' })]);
}

/** What has no filter is computed in any scheme, as float32 rows are found for it. */
const onlyWithoutFilters: Supports = (kind, { name }) => kind === 'SOFTMAX' || name === 'float32' || name === 'int8';

it.each<[SchemeName, number, Supports, RegExp]>([
  ['dynamic-range', 32, onlyWithoutFilters, /: the runtime has no kernel with int8 weights for float32 activations/],
  ['dynamic-range', 4, onlyWithoutFilters, /: no constant is large enough \(1024 elements\)/],
  ['dynamic-range', 4, () => true, /: no constant is large enough \(1024 elements\)/],
  ['dynamic-range', 0, () => true, /: none has weights/],
  ['int4', 4, onlyWithoutFilters, /: the runtime has no kernel with int4 weights for int8 activations/],
  ['int4', 0, () => true, /: none has weights/],
  ['int16x8', 4, (_, { name }) => name !== 'int16x8', /: the runtime has no kernel for them/],
  ['float16', 1, () => true, /: no constant is large enough \(80 elements\)/],
])('%s of %i rows', (scheme, rows, supports, says) => {
  const options = {
    scheme,
    supports,
    granularity: () => 'per-axis' as const,
    inputType: 'own',
    outputType: 'own',
  } as const;
  expect(() => plan(model(rows), new Map(), options)).toThrow(says);
});

it.each<SchemeName>(['int8', 'int16x8'])('%s has its effect without any weights: integers flow', (scheme) => {
  const builder = new GraphBuilder('sum');
  const x = builder.input('x', [1, 64], 'float32');
  const sum = builder.finish([builder.add('ADD', [x, x], {}, { origin: 'sum' })]);
  expect(plan(sum, new Map(), { ...usual, scheme }).nodes.map((node) => node.scheme)).toEqual([scheme]);
});
