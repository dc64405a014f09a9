// What is packed or folded ahead has to be known: a bias that flows is refused, not left out.
import { singleOperatorGraph, type Quantization, type Shape } from '@wherry/graph';
import { kernelCalls } from './compile-model.js';

const int8: Quantization = { scale: [0.125], zeroPoint: [3], axis: 0 };
const symmetric: Quantization = { scale: [0.125], zeroPoint: [0], axis: 0 };

function withBias(kind: 'CONV_2D' | 'DEPTHWISE_CONV_2D' | 'FULLY_CONNECTED', x: Shape, w: Shape, isKnown: boolean) {
  const weights = new Int8Array(w.reduce((product, size) => product * size, 1)).fill(1);
  const bias = { shape: [2], dtype: 'int32', quantization: { ...symmetric, scale: [0.015625] } } as const;
  return singleOperatorGraph(
    kind,
    [
      { shape: x, dtype: 'int8', quantization: int8 },
      { shape: w, dtype: 'int8', quantization: symmetric, data: weights },
      isKnown ? { ...bias, data: Int32Array.of(5, 6) } : bias,
    ],
    {},
    int8,
  );
}

it.each([
  ['CONV_2D', [1, 2, 2, 3], [2, 1, 1, 3]],
  ['DEPTHWISE_CONV_2D', [1, 2, 2, 2], [1, 1, 1, 2]],
  ['FULLY_CONNECTED', [1, 3], [2, 3]],
] as const)('%s', (kind, x, w) => {
  expect(kernelCalls(withBias(kind, x, w, true))).toHaveLength(1);
  expect(() => kernelCalls(withBias(kind, x, w, false))).toThrow(/COMPILED_KERNEL/);
});
