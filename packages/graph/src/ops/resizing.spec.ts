// The image resizers, HARD_SWISH and SUM in real numbers; their int8 references are compared in goldens.spec.ts.
import { evaluate } from '../evaluate.js';
import { singleOperatorGraph } from '../single-operator.js';
import type { AttributesOf } from './index.js';

type Resizer = 'RESIZE_BILINEAR' | 'RESIZE_NEAREST_NEIGHBOR';

/** A row of pixels of one channel. */
function resize(
  kind: Resizer,
  row: readonly number[],
  width: number,
  attributes: Partial<AttributesOf<Resizer>> = {},
): number[] {
  const size = { shape: [2], dtype: 'int32', data: Int32Array.of(1, width) } as const;
  const graph = singleOperatorGraph(kind, [{ shape: [1, 1, row.length, 1] }, size], attributes);
  return Array.from(evaluate(graph, [Float32Array.from(row)])[0] as Float32Array);
}

it('takes the nearest pixel', () => {
  expect(resize('RESIZE_NEAREST_NEIGHBOR', [1, 2], 4)).toEqual([1, 1, 2, 2]);
  expect(resize('RESIZE_NEAREST_NEIGHBOR', [1, 2, 3, 4], 2, { halfPixelCenters: true })).toEqual([2, 4]);
  expect(resize('RESIZE_NEAREST_NEIGHBOR', [1, 2, 3, 4], 2, { alignCorners: true })).toEqual([1, 4]);
});

it('mixes by distance', () => {
  expect(resize('RESIZE_BILINEAR', [0, 4], 4)).toEqual([0, 2, 4, 4]);
  expect(resize('RESIZE_BILINEAR', [0, 4], 4, { halfPixelCenters: true })).toEqual([0, 1, 3, 4]);
  expect(resize('RESIZE_BILINEAR', [0, 4], 3, { alignCorners: true })).toEqual([0, 2, 4]);
});

it('mixes in both directions', () => {
  const size = { shape: [2], dtype: 'int32', data: Int32Array.of(3, 3) } as const;
  const graph = singleOperatorGraph('RESIZE_BILINEAR', [{ shape: [1, 2, 2, 1] }, size], { alignCorners: true });
  expect(evaluate(graph, [Float32Array.of(0, 2, 4, 6)])).toEqual([Float32Array.of(0, 1, 2, 2, 3, 4, 4, 5, 6)]);
});

it('requires images, a constant size and one idea of where pixels are', () => {
  const size = { shape: [2], dtype: 'int32', data: Int32Array.of(1, 1) } as const;
  expect(() => singleOperatorGraph('RESIZE_BILINEAR', [{ shape: [2, 2, 1] }, size], {})).toThrow(
    'the input has 4 dimensions',
  );
  expect(() =>
    singleOperatorGraph('RESIZE_BILINEAR', [{ shape: [1, 1, 1, 1] }, { shape: [2], dtype: 'int32' }], {}),
  ).toThrow('constant int32 vector');
  expect(() => resize('RESIZE_BILINEAR', [1], 1, { alignCorners: true, halfPixelCenters: true })).toThrow(
    'corners are not aligned',
  );
  expect(() => resize('RESIZE_NEAREST_NEIGHBOR', [1], 0)).toThrow('both at least 1');
});

it('HARD_SWISH', () => {
  const graph = singleOperatorGraph('HARD_SWISH', [{ shape: [4] }], {});
  expect(evaluate(graph, [Float32Array.of(-4, 0, 3, 5)])).toEqual([Float32Array.of(-0, 0, 3, 5)]);
});

it('SUM', () => {
  const axes = { shape: [1], dtype: 'int32', data: Int32Array.of(-1) } as const;
  const graph = singleOperatorGraph('SUM', [{ shape: [2, 3] }, axes], { keepDims: true });
  expect(evaluate(graph, [Float32Array.of(1, 2, 3, 4, 5, 6)])).toEqual([Float32Array.of(6, 15)]);
  expect(graph.tensors[graph.outputs[0]!]!.shape).toEqual([2, 1]);
});
