// MEAN and SUM against the reference.
import { singleOperatorGraph, type Shape } from '@wherry/graph';
import { differences, leftToReference, Random } from './testing/against-reference.js';

const reduced: readonly (readonly [Shape, readonly number[]])[] = [
  [
    [1, 7, 7, 24],
    [1, 2],
  ],
  [
    [3, 5, 6, 13],
    [2, 1],
  ],
  [[2, 4, 4, 9], [1]],
  [
    [2, 4, 4, 9],
    [0, 1, 2],
  ],
  [[2, 3, 17], [-1]],
  [[5, 1, 6], [1]],
  [
    [2, 3, 1, 4],
    [1, 3],
  ],
  [
    [1, 4, 1, 3],
    [0, 1, 2],
  ],
  [[6], [0]],
];

it.each(['MEAN', 'SUM'] as const)('%s', async (kind) => {
  const random = new Random(12);
  for (const [shape, axes] of reduced) {
    for (let round = 0; round < 10; round++) {
      const operands = [
        { shape, dtype: 'int8' as const, quantization: random.quantization(1e-3, 10) },
        { shape: [axes.length], dtype: 'int32' as const, data: Int32Array.from(axes) },
      ];
      const attributes = { keepDims: round % 2 === 0 };
      const graph = singleOperatorGraph(kind, operands, attributes, random.quantization(1e-3, 10));
      expect(leftToReference(graph)).toEqual([]);
      expect(await differences(graph, [random.int8(shape)])).toEqual([]);
    }
  }
});

it.each([-128, 127])('takes as many values as there are, all %i', async (value) => {
  const random = new Random(13);
  for (const zeroPoint of [-128, 127]) {
    const quantization = { scale: [1], zeroPoint: [zeroPoint], axis: 0 };
    const operands = [
      { shape: [1, 112, 112, 3], dtype: 'int8' as const, quantization },
      { shape: [2], dtype: 'int32' as const, data: Int32Array.of(1, 2) },
    ];
    const graph = singleOperatorGraph('MEAN', operands, {}, random.quantization(0.5, 3));
    expect(leftToReference(graph)).toEqual([]);
    expect(await differences(graph, [new Int8Array(3 * 112 * 112).fill(value)])).toEqual([]);
  }
});

it('leaves to the reference what does not lie together', () => {
  const quantization = new Random(14).quantization(1, 2);
  const operands = [
    { shape: [2, 3, 4], dtype: 'int8' as const, quantization },
    { shape: [2], dtype: 'int32' as const, data: Int32Array.of(0, 2) },
  ];
  expect(leftToReference(singleOperatorGraph('MEAN', operands, {}, quantization))).toEqual(['MEAN']);
});

it('wraps around where the device does: sums that are scaled up beyond int32', async () => {
  for (const shift of [8, 12, 16, 20]) {
    const operands = [
      { shape: [1, 100, 8], dtype: 'int8' as const, quantization: { scale: [1], zeroPoint: [-128], axis: 0 } },
      { shape: [1], dtype: 'int32' as const, data: Int32Array.of(1) },
    ];
    const output = { scale: [Math.fround(0.9 * 2 ** -shift)], zeroPoint: [0], axis: 0 };
    const graph = singleOperatorGraph('SUM', operands, {}, output);
    expect(leftToReference(graph)).toEqual([]);
    for (const value of [-128, -127, -100, 0, 100, 127])
      expect([shift, value, await differences(graph, [new Int8Array(800).fill(value)])]).toEqual([shift, value, []]);
  }
});
