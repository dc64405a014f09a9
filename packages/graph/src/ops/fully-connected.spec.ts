// FULLY_CONNECTED in real numbers small enough to work out by hand, its requirements and versions.
import { evaluate } from '../evaluate.js';
import { tensorAt } from '../ir.js';
import { singleOperatorGraph } from '../single-operator.js';
import { fullyConnected } from './fully-connected.js';

const weights = { shape: [2, 3], data: Float32Array.of(1, 2, 3, -1, -2, -3) };

describe('float reference', () => {
  it('multiplies, adds the bias, clamps', () => {
    const graph = singleOperatorGraph(
      'FULLY_CONNECTED',
      [{ shape: [2, 3] }, weights, { shape: [2], data: Float32Array.of(0.5, 20) }],
      { activation: 'RELU' },
    );
    expect(Array.from(evaluate(graph, [Float32Array.of(1, 1, 1, 0, 0, 10)])[0] as Float32Array)).toEqual([
      6.5, 14, 30.5, 0,
    ]);
  });

  it('counts the leading dimensions into one, or keeps them', () => {
    const shapeOf = (keepNumDims: boolean): readonly number[] => {
      const graph = singleOperatorGraph('FULLY_CONNECTED', [{ shape: [4, 5, 3] }, weights, null], { keepNumDims });
      return tensorAt(graph, graph.outputs[0]!).shape;
    };
    expect(shapeOf(false)).toEqual([20, 2]);
    expect(shapeOf(true)).toEqual([4, 5, 2]);
  });
});

it.each([
  ['2 dimensions', [1, 3], [1, 2, 3], {}],
  ['whole vectors', [1, 4], [2, 3], {}],
  ['the last input dimension is the depth', [3, 1], [2, 3], { keepNumDims: true }],
])('requires: %s', (sentence, input, filter, attributes) => {
  expect(() => singleOperatorGraph('FULLY_CONNECTED', [{ shape: input }, { shape: filter }], attributes)).toThrow(
    sentence,
  );
});

it('has the version that its features came with', () => {
  const spec = (dtype: 'float32' | 'int8', shape: number[]) => ({ dtype, shape });
  const version = (dtype: 'float32' | 'int8', keepNumDims: boolean, bias: boolean): number =>
    fullyConnected.tflite.version({
      attributes: { ...fullyConnected.defaults, keepNumDims },
      inputs: [spec(dtype, [1, 3]), spec(dtype, [2, 3]), bias ? spec(dtype, [2]) : undefined],
      outputs: [spec(dtype, [1, 2])],
    });
  expect([
    version('float32', false, true),
    version('int8', false, true),
    version('int8', true, true),
    version('int8', false, false),
  ]).toEqual([1, 4, 5, 6]);
});
