// PAD, PADV2 and CONCATENATION against the reference.
import { singleOperatorGraph, type Shape } from '@wherry/graph';
import { differences, leftToReference, Random } from './testing/against-reference.js';

describe.each(['PAD', 'PADV2'] as const)('%s', (kind) => {
  it.each<readonly [Shape, readonly number[]]>([
    [
      [1, 5, 6, 3],
      [0, 0, 0, 1, 0, 1, 0, 0],
    ],
    [
      [2, 5, 6, 40],
      [0, 0, 3, 3, 2, 1, 0, 0],
    ],
    [
      [1, 5, 6, 7],
      [0, 1, 0, 0, 0, 0, 2, 3],
    ],
    [
      [3, 4, 1],
      [1, 1, 0, 0, 2, 0],
    ],
    [[9], [4, 0]],
    [
      [2, 3],
      [0, 0, 0, 0],
    ],
    [
      [1, 2, 3, 2, 5],
      [0, 0, 1, 0, 0, 2, 0, 1, 3, 0],
    ],
  ])('%j by %j', async (shape, paddings) => {
    const random = new Random(15);
    const quantization = random.quantization(0.1, 1);
    const operands = [
      { shape, dtype: 'int8' as const, quantization },
      { shape: [shape.length, 2], dtype: 'int32' as const, data: Int32Array.from(paddings) },
      ...(kind === 'PADV2' ? [{ shape: [], dtype: 'int8' as const, quantization, data: Int8Array.of(-77) }] : []),
    ];
    const graph = singleOperatorGraph(kind, operands, {}, quantization);
    expect(leftToReference(graph)).toEqual([]);
    expect(await differences(graph, [random.int8(shape)])).toEqual([]);
  });
});

it('PADV2 with a value that is fed is left to the reference', async () => {
  const quantization = new Random(16).quantization(0.1, 1);
  const operands = [
    { shape: [2], dtype: 'int8' as const, quantization },
    { shape: [1, 2], dtype: 'int32' as const, data: Int32Array.of(1, 1) },
    { shape: [1], dtype: 'int8' as const, quantization },
  ];
  const graph = singleOperatorGraph('PADV2', operands, {}, quantization);
  expect(leftToReference(graph)).toEqual(['PADV2']);
  expect(await differences(graph, [Int8Array.of(1, 2), Int8Array.of(9)])).toEqual([]);
});

it.each<readonly [number, readonly Shape[]]>([
  [
    3,
    [
      [1, 4, 5, 8],
      [1, 4, 5, 24],
      [1, 4, 5, 3],
    ],
  ],
  [
    -1,
    [
      [2, 3, 1],
      [2, 3, 1],
    ],
  ],
  [
    1,
    [
      [2, 3, 4],
      [2, 1, 4],
    ],
  ],
  [
    -4,
    [
      [1, 4, 5, 8],
      [2, 4, 5, 8],
    ],
  ],
  [0, [[3], [4], [1]]],
])('CONCATENATION along %i of %j', async (axis, shapes) => {
  const random = new Random(17);
  const quantization = random.quantization(0.1, 1);
  for (const constant of [-1, 0, shapes.length - 1]) {
    const values = shapes.map((shape) => random.int8(shape));
    const operands = shapes.map((shape, i) => ({
      shape,
      dtype: 'int8' as const,
      quantization,
      ...(i === constant ? { data: values[i]! } : {}),
    }));
    const graph = singleOperatorGraph('CONCATENATION', operands, { axis }, quantization);
    expect(leftToReference(graph)).toEqual([]);
    expect(
      await differences(
        graph,
        values.filter((_, i) => i !== constant),
      ),
    ).toEqual([]);
  }
});
