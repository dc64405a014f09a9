// The fast requantizer against the reference, on accumulators everywhere and on those where the two roundings part.
import { rowRequantizer, type FusedActivation, type OperandSpec, type Requantization } from '@wherry/graph';
import { tensorRequantizer } from './fast-requantizer.js';

function operand(scale: readonly number[], zeroPoint: number): OperandSpec {
  return { shape: [1], dtype: 'int8', quantization: { scale: scale.map(Math.fround), zeroPoint: scale.map(() => zeroPoint), axis: 0 } };
}

/** Numbers in [0, 1), the same every time. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 4294967296;
  };
}

function differences(requantization: Requantization, sums: Float32Array): number {
  const channels = requantization.bias.length;
  const [fast, slow] = [new Int8Array(sums.length), new Int8Array(sums.length)];
  tensorRequantizer(requantization)(sums, fast);
  const reference = rowRequantizer(requantization);
  for (let at = 0; at < sums.length; at += channels) reference(Int32Array.from(sums.subarray(at, at + channels)), 0, channels, slow, at);
  return fast.reduce((count, value, i) => count + (value === slow[i] ? 0 : 1), 0);
}

describe('tensorRequantizer', () => {
  const random = stream(7);
  const activations: FusedActivation[] = ['NONE', 'RELU', 'RELU6'];

  it.each(Array.from({ length: 40 }, (_, i) => i))('equals the reference on 40,000 accumulators, case %i', (number) => {
    const channels = 1 + (number % 4);
    const weightScales = Array.from({ length: channels }, () => 10 ** (-1 - 4 * random()));
    const requantization: Requantization = {
      input: operand([0.05 + random()], -3), weights: operand(weightScales, 0), output: operand([0.01 + random() / 4], Math.floor(random() * 200) - 100),
      bias: Int32Array.from({ length: channels }, () => Math.floor((random() - 0.5) * 4000)),
      activation: activations[number % 3]!, rounding: 'double',
    };
    const reach = 300 / Math.min(...weightScales);
    const sums = Float32Array.from({ length: channels * 40_000 }, () => Math.round((random() - 0.5) * Math.min(2 ** 23, reach)));
    expect(differences(requantization, sums)).toBe(0);
  });

  it('equals it on every accumulator around exact halves', () => {
    const requantization: Requantization = {
      input: operand([0.5], 0), weights: operand([2 ** -6], 0), output: operand([1], 0), bias: new Int32Array(1), activation: 'NONE', rounding: 'double',
    };
    expect(differences(requantization, Float32Array.from({ length: 40_001 }, (_, i) => i - 20_000))).toBe(0);
  });
});
