// Lowered operators against the plain reference, one operator at a time.
import { elementCount, evaluate, singleOperatorGraph, type OperandOfOne, type OpKind, type Shape } from '@wherry/graph';
import { tfjsEngine } from '../index.js';

function indices(values: readonly number[], shape: Shape = [values.length]): OperandOfOne {
  return { shape, dtype: 'int32', data: Int32Array.from(values) };
}

const weights = (shape: Shape): OperandOfOne => ({
  shape,
  data: Float32Array.from({ length: elementCount(shape) }, (_, i) => Math.sin(i + 1)),
});

it.each<[OpKind, readonly OperandOfOne[], object]>([
  ['DIV', [{ shape: [2, 3] }, { shape: [3] }], { activation: 'RELU6' }],
  ['MAXIMUM', [{ shape: [2, 3] }, { shape: [3] }], {}],
  ['MINIMUM', [{ shape: [2, 3] }, { shape: [2, 1] }], {}],
  ['HARD_SWISH', [{ shape: [40] }], {}],
  ['SLICE', [{ shape: [3, 4] }, indices([1, 0]), indices([-1, 2])], {}],
  ['SPLIT', [indices([-1], []), { shape: [2, 4] }], { count: 2 }],
  ['UNPACK', [{ shape: [2, 3] }], { axis: -1, count: 3 }],
  ['SUM', [{ shape: [2, 3, 2] }, indices([-1, 0])], { keepDims: true }],
  ['GATHER', [{ shape: [3, 2] }, indices([2, 0])], {}],
  // Steps longer than the filter: less than nothing is padded in both dimensions, or in one.
  ['CONV_2D', [{ shape: [1, 8, 8, 2] }, weights([3, 3, 3, 2])], { strideH: 4, strideW: 4 }],
  ['CONV_2D', [{ shape: [1, 4, 7, 2] }, weights([3, 1, 3, 2])], { strideH: 2, strideW: 1 }],
  ['CONV_2D', [{ shape: [1, 7, 8, 4] }, weights([2, 3, 1, 2])], { strideH: 1, strideW: 2 }],
  ['DEPTHWISE_CONV_2D', [{ shape: [1, 8, 7, 2] }, weights([1, 2, 3, 2])], { strideH: 3, strideW: 2 }],
  ['RESIZE_BILINEAR', [{ shape: [1, 2, 3, 2] }, indices([4, 5])], {}],
])('%s', async (kind, inputs, attributes) => {
  const graph = singleOperatorGraph(kind, inputs, attributes);
  const feeds = inputs
    .filter(({ data }) => data === undefined)
    .map(({ shape }) => Float32Array.from({ length: elementCount(shape) }, (_, i) => 5 * Math.sin(3 * i + 1)));
  const engine = await tfjsEngine();
  const executor = await engine.prepare(graph);
  const [answers, expected] = [await executor.run(feeds), evaluate(graph, feeds)];
  executor.dispose();
  expect(answers).toHaveLength(expected.length);
  answers.forEach((answer, output) => {
    expect(answer).toHaveLength(expected[output]!.length);
    Array.from(answer as Float32Array).forEach((value, i) =>
      expect(value).toBeCloseTo(Number(expected[output]![i]), 5),
    );
  });
});
