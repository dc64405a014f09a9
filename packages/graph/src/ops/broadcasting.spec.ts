// ADD, SUB, MUL, DIV, MAXIMUM and MINIMUM in real and whole numbers; their int8 references are compared in goldens.spec.ts.
import type { TensorData } from '../data-type.js';
import { evaluate } from '../evaluate.js';
import type { Shape } from '../ir.js';
import { tensorAt } from '../ir.js';
import { singleOperatorGraph } from '../single-operator.js';
import type { AttributesOf } from './index.js';

type Binary = 'ADD' | 'SUB' | 'MUL' | 'DIV' | 'MAXIMUM' | 'MINIMUM';
type Values = readonly [Shape, readonly number[]];

function run<K extends Binary>(
  kind: K,
  [a, first]: Values,
  [b, second]: Values,
  attributes: Partial<AttributesOf<K>> = {},
): number[] {
  const graph = singleOperatorGraph(kind, [{ shape: a }, { shape: b }], attributes);
  return Array.from(evaluate(graph, [Float32Array.from(first), Float32Array.from(second)])[0] as Float32Array);
}

it.each([
  ['ADD', [9, 2, 3.5]],
  ['SUB', [-7, 2, -2.5]],
  ['MUL', [8, 0, 1.5]],
  ['DIV', [0.125, Infinity, 1 / 6]],
  ['MAXIMUM', [8, 2, 3]],
  ['MINIMUM', [1, 0, 0.5]],
] as const)('%s', (kind, expected) => {
  expect(run(kind, [[3], [1, 2, 0.5]], [[3], [8, 0, 3]])).toEqual(expected.map(Math.fround));
});

it('broadcasts a row over a column, from either side', () => {
  const [column, row]: readonly [Values, Values] = [
    [
      [2, 1],
      [10, 20],
    ],
    [[3], [1, 2, 3]],
  ];
  expect(run('SUB', column, row)).toEqual([9, 8, 7, 19, 18, 17]);
  expect(run('SUB', row, column)).toEqual([-9, -8, -7, -19, -18, -17]);
  expect(tensorAt(singleOperatorGraph('ADD', [{ shape: [2, 1] }, { shape: [3] }], {}), 2).shape).toEqual([2, 3]);
});

it('broadcasts in the middle of four dimensions', () => {
  expect(
    run(
      'ADD',
      [
        [2, 1, 2, 1],
        [0, 10, 20, 30],
      ],
      [
        [1, 2, 1, 1],
        [1, 2],
      ],
    ),
  ).toEqual([1, 11, 2, 12, 21, 31, 22, 32]);
});

it('clamps by its fused activation', () => {
  expect(run('ADD', [[3], [-9, 1, 9]], [[1], [0]], { activation: 'RELU6' })).toEqual([0, 1, 6]);
  expect(run('MUL', [[2], [-9, 0.5]], [[1], [1]], { activation: 'RELU_N1_TO_1' })).toEqual([-1, 0.5]);
});

it('takes the second value where one is no number', () => {
  expect(run('MAXIMUM', [[2], [NaN, 1]], [[2], [2, NaN]])).toEqual([2, NaN]);
});

it('wraps whole numbers as 32 bits do', () => {
  const whole = { shape: [1], dtype: 'int32' } as const;
  const run32 = (kind: 'ADD' | 'SUB' | 'MUL', a: number, b: number): number =>
    (
      evaluate(singleOperatorGraph(kind, [whole, whole], {}), [Int32Array.of(a), Int32Array.of(b)])[0] as Int32Array
    )[0]!;
  expect(run32('ADD', 2147483647, 1)).toBe(-2147483648);
  expect(run32('SUB', 3, 5)).toBe(-2);
  expect(run32('MUL', 65537, 65537)).toBe(131073);
});

it('requires shapes that go together and one type', () => {
  expect(() => singleOperatorGraph('ADD', [{ shape: [2] }, { shape: [3] }], {})).toThrow('can be broadcast');
  expect(() => singleOperatorGraph('MAXIMUM', [{ shape: [2] }, { shape: [2], dtype: 'int32' }], {})).toThrow(
    'the same type',
  );
});

it('computes whole numbers modulo their width, and clamps them', () => {
  const ofType = (
    dtype: 'int32' | 'int64',
    kind: 'ADD' | 'SUB' | 'MUL',
    a: TensorData,
    b: TensorData,
    activation = 'NONE',
  ) =>
    evaluate(
      singleOperatorGraph(
        kind,
        [
          { shape: [a.length], dtype },
          { shape: [b.length], dtype },
        ],
        { activation } as never,
      ),
      [a, b],
    )[0];
  const [int32, int64] = [(...values: number[]) => Int32Array.from(values), (...v: bigint[]) => BigInt64Array.from(v)];
  expect(ofType('int32', 'MUL', int32(70_000, -3), int32(70_000, 5))).toEqual(int32(605032704, -15));
  expect(ofType('int32', 'SUB', int32(-5, 9), int32(4), 'RELU6')).toEqual(int32(0, 5));
  expect(ofType('int64', 'ADD', int64(2n ** 40n, -7n), int64(1n))).toEqual(int64(2n ** 40n + 1n, -6n));
  expect(ofType('int64', 'MUL', int64(2n ** 62n, -3n), int64(2n, 5n), 'RELU')).toEqual(int64(0n, 0n));
});
