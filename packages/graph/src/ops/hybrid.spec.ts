// Real activations with integer weights by numbers worked out by hand: the activations are quantized while the model runs.
import { evaluate } from '../evaluate.js';
import type { Graph } from '../ir.js';
import { singleOperatorGraph } from '../single-operator.js';
import type { FullyConnectedAttributes } from './fully-connected.js';

/** Two units of depth two; scales of a half and a quarter, or a half for both. */
function dense(vectors: number, scale: readonly number[], attributes: Partial<FullyConnectedAttributes> = {}): Graph {
  const quantization = { scale, zeroPoint: scale.map(() => 0), axis: 0 };
  return singleOperatorGraph(
    'FULLY_CONNECTED',
    [
      { shape: [vectors, 2] },
      { shape: [2, 2], dtype: 'int8', quantization, data: Int8Array.of(2, 4, -8, 100) },
      { shape: [2], data: Float32Array.of(0.5, -1) },
    ],
    attributes,
  );
}

it('FULLY_CONNECTED quantizes each vector by its own greatest value', () => {
  // 1.27 and 0.504 in steps of 0.01: 127 and 50. 254 and -3 in steps of 2: 127 and -2 (halves go outwards).
  const input = Float32Array.of(1.27, 0.504, 254, -3);
  const [answer] = evaluate(dense(2, [0.5, 0.25]), [input]) as [Float32Array];
  const wanted = [
    0.01 * 0.5 * (127 * 2 + 50 * 4) + 0.5,
    0.01 * 0.25 * (127 * -8 + 50 * 100) - 1,
    2 * 0.5 * (127 * 2 - 2 * 4) + 0.5,
    2 * 0.25 * (127 * -8 - 2 * 100) - 1,
  ];
  wanted.forEach((value, i) => expect(answer[i]).toBeCloseTo(value, 4));
});

it('FULLY_CONNECTED gives the activations a zero point where it is asked to', () => {
  // -1 ... 1.55 in steps of 0.01: zero point -28; 1.55 is 127 - -28 steps from 0, -1 is -100.
  const [answer] = evaluate(dense(1, [0.5], { asymmetricQuantizeInputs: true }), [Float32Array.of(-1, 1.55)]) as [
    Float32Array,
  ];
  expect(answer[0]).toBeCloseTo(0.01 * 0.5 * (-100 * 2 + 155 * 4) + 0.5, 4);
  expect(answer[1]).toBeCloseTo(0.01 * 0.5 * (-100 * -8 + 155 * 100) - 1, 4);
});

it('gives the bias, clamped, for activations of zero', () => {
  for (const asymmetricQuantizeInputs of [false, true]) {
    const graph = dense(1, [0.5], { asymmetricQuantizeInputs, activation: 'RELU' });
    expect(evaluate(graph, [Float32Array.of(0, 0)])).toEqual([Float32Array.of(0.5, 0)]);
  }
});

/** One pixel of two channels, two filters. */
function convolution(scale: readonly number[], channels: number): Graph {
  const quantization = { scale, zeroPoint: scale.map(() => 0), axis: 0 };
  const data = Int8Array.of(1, 1, 1, 1).subarray(0, 2 * channels);
  return singleOperatorGraph(
    'CONV_2D',
    [{ shape: [1, 1, 1, 2] }, { shape: [2, 1, 1, channels], dtype: 'int8', quantization, data }],
    {},
  );
}

it('CONV_2D takes a zero point where scales differ or channels come in groups', () => {
  const input = Float32Array.of(2.55, 0.006);
  // Without: steps of 2.55 / 127, of which 0.006 is none. With: steps of 0.01, of which 0.006 is one.
  const [symmetric] = evaluate(convolution([1, 1], 2), [input]) as [Float32Array];
  expect(symmetric[0]).toBeCloseTo(2.55, 5);
  const [asymmetric] = evaluate(convolution([1, 2], 2), [input]) as [Float32Array];
  expect([...asymmetric].map((value) => value.toFixed(4))).toEqual(['2.5600', '5.1200']);
  const [grouped] = evaluate(convolution([1], 1), [input]) as [Float32Array];
  expect([...grouped].map((value) => value.toFixed(4))).toEqual(['2.5500', '0.0100']);
});

it('DEPTHWISE_CONV_2D always takes one, for each sample', () => {
  const quantization = { scale: [0.5], zeroPoint: [0], axis: 3 };
  const graph = singleOperatorGraph(
    'DEPTHWISE_CONV_2D',
    [{ shape: [2, 1, 2, 1] }, { shape: [1, 1, 1, 1], dtype: 'int8', quantization, data: Int8Array.of(2) }],
    {},
  );
  const [answer] = evaluate(graph, [Float32Array.of(2.55, 0.006, 25.5, 0.06)]) as [Float32Array];
  expect([...answer].map((value) => value.toFixed(4))).toEqual(['2.5500', '0.0100', '25.5000', '0.1000']);
});

it('TRANSPOSE_CONV takes one for each image, and scales of its filters', () => {
  const quantization = { scale: [1, 2], zeroPoint: [0, 0], axis: 0 };
  const graph = singleOperatorGraph(
    'TRANSPOSE_CONV',
    [
      { shape: [4], dtype: 'int32', data: Int32Array.of(2, 1, 2, 2) },
      { shape: [2, 1, 1, 1], dtype: 'int8', quantization, data: Int8Array.of(1, 1) },
      { shape: [2, 1, 2, 1] },
      { shape: [2], data: Float32Array.of(0, -5) },
    ],
    { padding: 'VALID', activation: 'RELU' },
  );
  const [answer] = evaluate(graph, [Float32Array.of(2.55, 0.006, 25.5, 0.06)]) as [Float32Array];
  const wanted = [2.55, 5.1 - 5, 0.01, 0, 25.5, 51 - 5, 0.1, 0];
  wanted.forEach((value, i) => expect(answer[i]).toBeCloseTo(value, 4));
});

it('has no kernel for real activations with 16-bit weights', () => {
  const quantization = { scale: [1], zeroPoint: [0], axis: 0 };
  const graph = singleOperatorGraph(
    'FULLY_CONNECTED',
    [{ shape: [1, 1] }, { shape: [1, 1], dtype: 'int16', quantization, data: Int16Array.of(1) }],
    {},
  );
  expect(() => evaluate(graph, [Float32Array.of(1)])).toThrow(/no reference for float32 with int16 weights/);
});
