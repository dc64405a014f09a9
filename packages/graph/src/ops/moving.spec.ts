// The operators that move values, on numbers that name their own place.
import type { DataType } from '../data-type.js';
import { evaluate } from '../evaluate.js';
import type { Shape } from '../ir.js';
import { elementCount } from '../shape.js';
import { singleOperatorGraph, type OperandOfOne } from '../single-operator.js';
import type { AttributesOf, OpKind } from './index.js';

function indices(values: readonly number[], shape: Shape = [values.length]): OperandOfOne {
  return { shape, dtype: 'int32', data: Int32Array.from(values) };
}

/** Shape and values of every output; the inputs without data count up from 0, each a hundred further. */
function run<K extends OpKind>(
  kind: K,
  inputs: readonly OperandOfOne[],
  attributes: Partial<AttributesOf<K>> = {},
): readonly (readonly [Shape, readonly number[]])[] {
  const graph = singleOperatorGraph(kind, inputs, attributes);
  const feeds = inputs
    .filter(({ data }) => data === undefined)
    .map(({ shape }, position) => Float32Array.from({ length: elementCount(shape) }, (_, i) => 100 * position + i));
  return evaluate(graph, feeds).map((values, position) => [
    graph.tensors[graph.outputs[position]!]!.shape,
    Array.from(values as Float32Array),
  ]);
}

describe('under another shape', () => {
  it('RESHAPE fills in the open dimension, from the operand before the attribute', () => {
    expect(run('RESHAPE', [{ shape: [2, 3] }, indices([3, -1])], { newShape: [6] })).toEqual([
      [
        [3, 2],
        [0, 1, 2, 3, 4, 5],
      ],
    ]);
    expect(run('RESHAPE', [{ shape: [2, 3] }], { newShape: [6] })[0]![0]).toEqual([6]);
  });

  it('SQUEEZE drops what is listed, or all', () => {
    expect(run('SQUEEZE', [{ shape: [1, 2, 1] }], { dimensions: [-1] })[0]![0]).toEqual([1, 2]);
    expect(run('SQUEEZE', [{ shape: [1, 2, 1] }])[0]![0]).toEqual([2]);
  });

  it('EXPAND_DIMS counts from either end', () => {
    expect(run('EXPAND_DIMS', [{ shape: [2, 3] }, indices([-1], [])])[0]![0]).toEqual([2, 3, 1]);
    expect(run('EXPAND_DIMS', [{ shape: [2, 3] }, indices([1])])[0]![0]).toEqual([2, 1, 3]);
  });

  it('TRANSPOSE', () => {
    expect(run('TRANSPOSE', [{ shape: [2, 3] }, indices([1, 0])])).toEqual([
      [
        [3, 2],
        [0, 3, 1, 4, 2, 5],
      ],
    ]);
  });
});

describe('around and beside', () => {
  it('PAD with zeros, PADV2 with a value', () => {
    const paddings = indices([1, 0, 0, 1], [2, 2]);
    expect(run('PAD', [{ shape: [1, 2] }, paddings])).toEqual([
      [
        [2, 3],
        [0, 0, 0, 0, 1, 0],
      ],
    ]);
    expect(run('PADV2', [{ shape: [1, 2] }, paddings, { shape: [], data: Float32Array.of(7) }])).toEqual([
      [
        [2, 3],
        [7, 7, 7, 0, 1, 7],
      ],
    ]);
  });

  it('CONCATENATION', () => {
    expect(run('CONCATENATION', [{ shape: [2, 1] }, { shape: [2, 2] }], { axis: -1 })).toEqual([
      [
        [2, 3],
        [0, 100, 101, 1, 102, 103],
      ],
    ]);
  });

  it('PACK along a new last dimension', () => {
    expect(run('PACK', [{ shape: [2] }, { shape: [2] }], { axis: -1, count: 2 })).toEqual([
      [
        [2, 2],
        [0, 100, 1, 101],
      ],
    ]);
  });
});

describe('taking apart', () => {
  it('UNPACK', () => {
    expect(run('UNPACK', [{ shape: [2, 3] }], { axis: 1, count: 3 })).toEqual([
      [[2], [0, 3]],
      [[2], [1, 4]],
      [[2], [2, 5]],
    ]);
  });

  it('SPLIT', () => {
    expect(run('SPLIT', [indices([-1], []), { shape: [2, 4] }], { count: 2 })).toEqual([
      [
        [2, 2],
        [0, 1, 4, 5],
      ],
      [
        [2, 2],
        [2, 3, 6, 7],
      ],
    ]);
  });

  it('SLICE, to the end where the size is -1', () => {
    expect(run('SLICE', [{ shape: [3, 3] }, indices([1, 0]), indices([-1, 2])])).toEqual([
      [
        [2, 2],
        [3, 4, 6, 7],
      ],
    ]);
  });

  it('STRIDED_SLICE backwards, by masks and with a dropped dimension', () => {
    const slice = (begin: number[], end: number[], strides: number[], attributes = {}) =>
      run('STRIDED_SLICE', [{ shape: [2, 4] }, indices(begin), indices(end), indices(strides)], attributes);
    expect(slice([0, -1], [2, -9], [1, -2])).toEqual([
      [
        [2, 2],
        [3, 1, 7, 5],
      ],
    ]);
    expect(slice([1, 1], [0, 0], [1, 1], { endMask: 3 })).toEqual([
      [
        [1, 3],
        [5, 6, 7],
      ],
    ]);
    expect(slice([-1, 1], [0, 3], [1, 1], { shrinkAxisMask: 1 })).toEqual([[[2], [5, 6]]]);
  });

  it('GATHER, in step with batch dimensions', () => {
    expect(run('GATHER', [{ shape: [3, 2] }, indices([2, 0, 2])])).toEqual([
      [
        [3, 2],
        [4, 5, 0, 1, 4, 5],
      ],
    ]);
    expect(run('GATHER', [{ shape: [2, 3] }, indices([2, 1], [2, 1])], { axis: 1, batchDims: 1 })).toEqual([
      [
        [2, 1],
        [2, 4],
      ],
    ]);
  });

  it('GATHER refuses positions outside', () => {
    expect(() => run('GATHER', [{ shape: [3, 2] }, indices([3])])).toThrow(
      'GATHER is asked for position 3 of a dimension of 3',
    );
  });
});

it('SHAPE', () => {
  const graph = singleOperatorGraph('SHAPE', [{ shape: [2, 5] }], {});
  expect(evaluate(graph, [new Float32Array(10)])).toEqual([Int32Array.of(2, 5)]);
});

it.each<[OpKind, string, readonly OperandOfOne[], object]>([
  ['RESHAPE', 'as many elements', [{ shape: [4] }, indices([3])], {}],
  ['RESHAPE', 'as many elements', [{ shape: [4] }, indices([3, -1])], {}],
  ['RESHAPE', 'the shape is an int32 tensor', [{ shape: [4] }, { shape: [1] }], {}],
  ['SQUEEZE', 'exists and has size 1', [{ shape: [2, 1] }], { dimensions: [0] }],
  ['EXPAND_DIMS', 'between -rank - 1 and rank', [{ shape: [2] }, indices([2])], {}],
  ['TRANSPOSE', 'names every dimension once', [{ shape: [2, 3] }, indices([0, 0])], {}],
  ['PAD', 'two values per dimension, none negative', [{ shape: [2] }, indices([-1, 0], [1, 2])], {}],
  ['PADV2', "a single value of the input's type", [{ shape: [1] }, indices([0, 0], [1, 2]), indices([0], [])], {}],
  ['CONCATENATION', 'differ in the joined dimension only', [{ shape: [2, 2] }, { shape: [3, 3] }], { axis: 0 }],
  ['CONCATENATION', 'no activation is fused', [{ shape: [2] }], { activation: 'RELU' }],
  ['PACK', 'of one type and shape', [{ shape: [2] }, { shape: [3] }], {}],
  ['UNPACK', 'whose size is the number of outputs', [{ shape: [2] }], { count: 3 }],
  ['UNPACK', '1 to 1024 outputs', [{ shape: [2000] }], { count: 2000 }],
  ['SPLIT', 'a whole multiple', [indices([0], []), { shape: [3] }], { count: 2 }],
  ['SLICE', 'lies within the input', [{ shape: [3] }, indices([2]), indices([2])], {}],
  ['STRIDED_SLICE', 'no stride is 0', [{ shape: [3] }, indices([0]), indices([1]), indices([0])], {}],
  [
    'STRIDED_SLICE',
    'neither an ellipsis',
    [{ shape: [3] }, indices([0]), indices([1]), indices([1])],
    { newAxisMask: 1 },
  ],
  ['GATHER', 'behind the batch dimensions', [{ shape: [2, 3] }, indices([0], [1, 1])], { axis: 1, batchDims: 1 }],
])('%s requires: %s', (kind, sentence, inputs, attributes) => {
  expect(() => singleOperatorGraph(kind, inputs, attributes)).toThrow(sentence);
});

it.each<DataType>(['int8', 'int16', 'int32', 'bool'])('moves %s as it is', (dtype) => {
  const graph = singleOperatorGraph('TRANSPOSE', [{ shape: [1, 2], dtype }, indices([1, 0])], {});
  const data =
    dtype === 'int8'
      ? Int8Array.of(1, 0)
      : dtype === 'int16'
        ? Int16Array.of(1, 0)
        : dtype === 'int32'
          ? Int32Array.of(1, 0)
          : Uint8Array.of(1, 0);
  expect(evaluate(graph, [data])).toEqual([data]);
});
