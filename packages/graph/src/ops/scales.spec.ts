// QUANTIZE, DEQUANTIZE and CAST by numbers worked out by hand.
import type { DataType, TensorData } from '../data-type.js';
import { evaluate } from '../evaluate.js';
import { singleOperatorGraph } from '../single-operator.js';

const quantization = { scale: [0.5], zeroPoint: [10], axis: 0 };

it('QUANTIZE rounds halves away from zero and stays in range', () => {
  const graph = singleOperatorGraph('QUANTIZE', [{ shape: [6] }], {}, quantization, 'int8');
  const values = Float32Array.of(0, 0.25, -0.25, 1000, -1000, NaN);
  expect(evaluate(graph, [values])).toEqual([Int8Array.of(10, 11, 9, 127, -128, 10)]);
});

it('QUANTIZE takes the quotient in float32, as the runtime does', () => {
  // In doubles the quotient is just under 2.5; rounded to float32 it is 2.5, and goes up.
  const scale = Math.fround(0.1);
  const value = Math.fround(2.5 * scale);
  expect(value / scale).not.toBe(2.5);
  const graph = singleOperatorGraph(
    'QUANTIZE',
    [{ shape: [1] }],
    {},
    { scale: [scale], zeroPoint: [0], axis: 0 },
    'int8',
  );
  expect(evaluate(graph, [Float32Array.of(value)])).toEqual([Int8Array.of(3)]);
});

it('QUANTIZE goes from int8 to uint8 of the same scale by shifting', () => {
  const graph = singleOperatorGraph(
    'QUANTIZE',
    [{ shape: [3], dtype: 'int8', quantization }],
    {},
    { ...quantization, zeroPoint: [138] },
    'uint8',
  );
  expect(evaluate(graph, [Int8Array.of(-128, 0, 127)])).toEqual([Uint8Array.of(0, 128, 255)]);
});

const perAxis = { scale: [0.5, 2], zeroPoint: [0, 1], axis: 1 };

it('QUANTIZE and DEQUANTIZE take a scale for each slice', () => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  const integers = Int8Array.of(2, 4, 6, 3, 4, 4, 14, 16, 18, 6, 7, 7);
  const quantize = singleOperatorGraph('QUANTIZE', [{ shape: [2, 2, 3] }], {}, perAxis, 'int8');
  expect(evaluate(quantize, [values])).toEqual([integers]);
  const input = { shape: [2, 2, 3], dtype: 'int8', quantization: perAxis } as const;
  expect(evaluate(singleOperatorGraph('DEQUANTIZE', [input], {}), [integers])).toEqual([
    Float32Array.of(1, 2, 3, 4, 6, 6, 7, 8, 9, 10, 12, 12),
  ]);
});

it('DEQUANTIZE widens halves', () => {
  const graph = singleOperatorGraph('DEQUANTIZE', [{ shape: [3], dtype: 'float16' }], {});
  expect(evaluate(graph, [Uint16Array.of(0x3c00, 0xc000, 0x7bff)])).toEqual([Float32Array.of(1, -2, 65504)]);
});

it('DEQUANTIZE', () => {
  const graph = singleOperatorGraph('DEQUANTIZE', [{ shape: [3], dtype: 'int8', quantization }], {});
  expect(evaluate(graph, [Int8Array.of(10, 11, -128)])).toEqual([Float32Array.of(0, 0.5, -69)]);
});

it.each<[DataType, TensorData, DataType, TensorData]>([
  ['float32', Float32Array.of(1.9, -1.9, 3), 'int32', Int32Array.of(1, -1, 3)],
  ['float32', Float32Array.of(0, 0.5, -2), 'bool', Uint8Array.of(0, 1, 1)],
  ['int32', Int32Array.of(300, -1), 'int8', Int8Array.of(44, -1)],
  ['int32', Int32Array.of(5), 'float32', Float32Array.of(5)],
  ['int64', BigInt64Array.of(-7n), 'int32', Int32Array.of(-7)],
  ['int32', Int32Array.of(-7), 'int64', BigInt64Array.of(-7n)],
  ['float32', Float32Array.of(1, -2, 1e6), 'float16', Uint16Array.of(0x3c00, 0xc000, 0x7c00)],
  ['float16', Uint16Array.of(0x3c00, 0xc000, 0x3555), 'float32', Float32Array.of(1, -2, 0.333251953125)],
  ['float16', Uint16Array.of(0x4248), 'int32', Int32Array.of(3)],
])('CAST from %s %p to %s', (from, values, to, expected) => {
  const graph = singleOperatorGraph('CAST', [{ shape: [values.length], dtype: from }], {}, undefined, to);
  expect(evaluate(graph, [values])).toEqual([expected]);
});

it('CAST refuses quantized tensors, whose numbers are not their values', () => {
  expect(() => singleOperatorGraph('CAST', [{ shape: [1], dtype: 'int8', quantization }], {})).toThrow(
    'quantized tensor',
  );
});
