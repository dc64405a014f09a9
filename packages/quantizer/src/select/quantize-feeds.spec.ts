// Samples as the input's integers, the way the runtime's QUANTIZE rounds.
import { GraphBuilder, type Quantization } from '@wherry/graph';
import { quantizeFeeds } from './quantize-feeds.js';

function fed(values: readonly number[], quantization: Quantization | undefined): number[] {
  const builder = new GraphBuilder('input');
  const dtype = quantization === undefined ? 'float32' : 'int8';
  const graph = builder.finish([builder.input('x', [values.length], dtype, quantization)]);
  return Array.from(quantizeFeeds(graph, [Float32Array.from(values)])[0] as Float32Array);
}

it('rounds halves away from zero, on either side', () => {
  const halves = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49, -0.49];
  expect(fed(halves, { scale: [1], zeroPoint: [0], axis: 0 }).map((value) => value + 0)).toEqual([
    1, 2, 3, -1, -2, -3, 0, 0,
  ]);
});

it('rounds before it adds the zero point, and keeps to eight bits', () => {
  expect(fed([-0.25, 0.75, 100, -100], { scale: [0.5], zeroPoint: [7], axis: 0 })).toEqual([6, 9, 127, -128]);
});

it('divides in float32', () => {
  // 0.35 / 0.1 as float32 is 3.5 exactly, and in doubles of these float32 values a little less.
  const [value, scale] = [Math.fround(0.35), Math.fround(0.1)];
  expect(value / scale).toBeLessThan(3.5);
  expect(fed([0.35], { scale: [scale], zeroPoint: [0], axis: 0 })).toEqual([4]);
});

it('leaves real inputs as they are', () => {
  expect(fed([0.5, -3.25], undefined)).toEqual([0.5, -3.25]);
});
