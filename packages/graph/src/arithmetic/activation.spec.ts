// The clamps of fused activations in quantized numbers, in both roundings.
import { quantizedActivationBounds, roundHalfAway, roundHalfEven } from './activation.js';

it('rounds halves away from zero, or to even', () => {
  expect([0.5, 1.5, -0.5, -2.5, 0.49999999999999994].map(roundHalfAway)).toEqual([1, 2, -1, -3, 0]);
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994].map((x) => roundHalfEven(x) + 0)).toEqual([
    0, 2, 2, 0, -2, 0,
  ]);
});

it('narrows the range of the type', () => {
  const quantization = { scale: [0.1].map(Math.fround), zeroPoint: [-10], axis: 0 };
  expect(quantizedActivationBounds('NONE', 'int8', quantization)).toEqual([-128, 127]);
  expect(quantizedActivationBounds('RELU', 'int8', quantization)).toEqual([-10, 127]);
  expect(quantizedActivationBounds('RELU6', 'int8', quantization)).toEqual([-10, 50]);
  expect(quantizedActivationBounds('RELU_N1_TO_1', 'int8', quantization)).toEqual([-20, 0]);
});

it('meets a tie as each runtime does', () => {
  const quantization = { scale: [4], zeroPoint: [-121], axis: 0 };
  expect(quantizedActivationBounds('RELU6', 'int8', quantization)[1]).toBe(-119);
  expect(quantizedActivationBounds('RELU6', 'int8', quantization, 'single')[1]).toBe(-120);
});
