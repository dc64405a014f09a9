// MEAN in real numbers small enough to work out by hand, and its requirements.
import { evaluate } from '../evaluate.js';
import { tensorAt } from '../ir.js';
import { singleOperatorGraph } from '../single-operator.js';

function run(shape: number[], axes: number[], keepDims: boolean): { shape: readonly number[]; values: number[] } {
  const graph = singleOperatorGraph(
    'MEAN',
    [{ shape }, { shape: [axes.length], dtype: 'int32', data: Int32Array.from(axes) }],
    { keepDims },
  );
  const count = shape.reduce((a, b) => a * b);
  const [values] = evaluate(graph, [Float32Array.from({ length: count }, (_, i) => i)]);
  return { shape: tensorAt(graph, graph.outputs[0]!).shape, values: Array.from(values as Float32Array) };
}

it('takes the mean along height and width', () => {
  expect(run([1, 2, 2, 2], [1, 2], false)).toEqual({ shape: [1, 2], values: [3, 4] });
});

it('keeps reduced dimensions as 1 where asked to', () => {
  expect(run([2, 3], [-1], true)).toEqual({ shape: [2, 1], values: [1, 4] });
});

it('takes an axis that is listed twice once, and all of them', () => {
  expect(run([2, 3], [0, -2], false)).toEqual({ shape: [3], values: [1.5, 2.5, 3.5] });
  expect(run([2, 3], [0, 1], false)).toEqual({ shape: [], values: [2.5] });
});

it.each([
  ['the axes are a constant int32 tensor', { shape: [1], dtype: 'int32' as const }],
  ['every axis names a dimension', { shape: [1], dtype: 'int32' as const, data: Int32Array.of(2) }],
])('requires: %s', (sentence, axes) => {
  expect(() => singleOperatorGraph('MEAN', [{ shape: [2, 3] }, axes], {})).toThrow(sentence);
});
