// Real numbers as each graph stores them, and back.
import { GraphBuilder, type Graph, type DataType } from '@wherry/graph';
import { feedOf, realOf } from './real-feeds.js';

function taking(dtype: DataType, scale?: number, zeroPoint = 0): Graph {
  const builder = new GraphBuilder('g');
  const quantization = scale === undefined ? undefined : { scale: [scale], zeroPoint: [zeroPoint], axis: 0 };
  return builder.finish([builder.input('x', [1, 4], dtype, quantization)]);
}

it('are what the stored ones are above the zero point, times the scale', () => {
  const graph = taking('int8', 0.5, -3);
  expect([...realOf(graph, graph.inputs[0]!, Int8Array.of(-128, -3, -2, 127))]).toEqual([-62.5, 0, 0.5, 65]);
  const plain = taking('int64');
  expect([...realOf(plain, plain.inputs[0]!, BigInt64Array.of(1n, -2n, 3n, 4n))]).toEqual([1, -2, 3, 4]);
});

it('are stored as the nearest step, halves away from zero, within the type', () => {
  const real = Float32Array.of(0.25, -0.25, 1e6, -1e6);
  expect([...feedOf(taking('int8', 0.5, -3), 0, real)!]).toEqual([-2, -4, 127, -128]);
  expect([...feedOf(taking('uint8', 0.5, 125), 0, real)!]).toEqual([126, 124, 255, 0]);
});

it('are refused where whole numbers are wanted and others are given', () => {
  expect(feedOf(taking('int32'), 0, Float32Array.of(1, 2, 3, 4))).toEqual(Int32Array.of(1, 2, 3, 4));
  expect(feedOf(taking('int32'), 0, Float32Array.of(1, 2, 3.5, 4))).toBeUndefined();
  expect(feedOf(taking('int8'), 0, Float32Array.of(1, 2, 3, 128))).toBeUndefined();
});
