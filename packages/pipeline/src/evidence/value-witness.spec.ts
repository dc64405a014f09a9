// Histograms over what was taken and what is covered, with the share that is cut off.
import { GraphBuilder } from '@wherry/graph';
import { ValueWitness } from './value-witness.js';

const quantization = { scale: [0.1], zeroPoint: [-128], axis: 0 };
function witness() {
  const builder = new GraphBuilder('one');
  const [integers, reals] = [builder.input('x', [1, 4], 'int8', quantization), builder.input('y', [1, 4])];
  const graph = builder.finish([
    builder.add('RELU', [integers], {}, { origin: 'r', outputQuantization: quantization }),
    builder.add('RELU', [reals], {}, { origin: 's' }),
  ]);
  return { values: new ValueWitness(graph), integers, reals };
}

it('counts what integers cannot say, rounding to an end apart', () => {
  const { values, integers } = witness();
  // 0 to 25.5 in steps of 0.1.
  values.see(integers, Float32Array.of(0, -0.04, -1, 25.54, 30, 12));
  const seen = values.result.get(integers)!;
  expect([seen.values, seen.cutOff]).toEqual([6, 2]);
  expect(seen.taken).toEqual({ low: -1, high: 30 });
  // The ends themselves.
  expect(seen.covered.low).toBeCloseTo(0, 10);
  expect(seen.covered.high).toBeCloseTo(25.5, 10);
  expect(seen.counts).toHaveLength(64);
  expect(seen.counts.reduce((a, b) => a + b)).toBe(6);
  expect([seen.counts[0], seen.counts[63]]).toEqual([1, 1]);
});

it('has nothing of real values, nor of what was never seen', () => {
  const { values, reals } = witness();
  values.see(reals, Float32Array.of(1, 2, 3, 4));
  expect(values.result.size).toBe(0);
});
