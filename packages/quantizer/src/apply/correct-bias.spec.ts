// The expected error of rounded weights, worked out by hand for every kind of weighted layer.
import { meanOutputError } from './correct-bias.js';

const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };

/** Every weight rounds up by `i` hundredths at position i. */
function operand(shape: readonly number[], axis: number) {
  const count = shape.reduce((product, dimension) => product * dimension, 1);
  return {
    integers: Int8Array.from({ length: count }, () => 2),
    weights: Float32Array.from({ length: count }, (_, i) => 1 - i / 128),
    shape,
    axis,
    quantization,
  };
}

const errors = (shape: readonly number[], axis: number, means: readonly number[]): number[] =>
  Array.from(meanOutputError(operand(shape, axis), Float64Array.from(means)), (error) => error * 128);

describe('meanOutputError', () => {
  it('sums over the taps of a dense layer', () => {
    expect(errors([2, 3], 0, [1, 10, 100])).toEqual([0 + 10 + 200, 3 + 40 + 500]);
  });

  it('comes round again for a dense layer that flattens places of two channels', () => {
    expect(errors([1, 4], 0, [1, 10])).toEqual([0 + 10 + 2 + 30]);
  });

  it("takes the output channel's own input in a depthwise layer, with a multiplier", () => {
    expect(errors([1, 1, 2, 4], 3, [1, 10])).toEqual([0 + 4, 1 + 5, 20 + 60, 30 + 70]);
  });

  it("takes the group's inputs in a grouped convolution", () => {
    expect(errors([2, 1, 1, 2], 0, [1, 10, 100, 1000])).toEqual([0 + 10, 200 + 3000]);
  });
});
