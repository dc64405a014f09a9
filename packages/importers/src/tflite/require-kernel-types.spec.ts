// Quantized files whose weights and biases are not what kernels take them for, one kind of fault each.
import { bytesOf, tfliteModel, type OperatorInit, type TensorInit } from '../testing/tflite-model.js';
import { refusalOf } from '../testing/refusal-of.js';
import { importTflite } from './import-tflite.js';

type Changes = Readonly<Record<'x' | 'w' | 'b' | 'y', Partial<TensorInit>>>;

const scaled = (...scale: number[]) => ({ scale, zero_point: scale.map(() => 0n) });

/** One layer of two output channels, int8, with steps of 0.5 for the input and 0.25 and 0.125 for the weights. */
function file(kind: keyof typeof layers, changes: Partial<Changes> = {}, bias = Int32Array.of(3, -4)): Uint8Array {
  const { x, w, axis, options } = layers[kind];
  const tensors: TensorInit[] = [
    { name: 'x', shape: x, type: 'INT8', buffer: 0, quantization: scaled(0.5), ...changes.x },
    {
      name: 'w',
      shape: w,
      type: 'INT8',
      buffer: 1,
      quantization: { ...scaled(0.25, 0.125), quantized_dimension: axis },
      ...changes.w,
    },
    { name: 'b', shape: [2], type: 'INT32', buffer: 2, quantization: scaled(0.125, 0.0625), ...changes.b },
    { name: 'y', shape: x.slice(0, -1).concat(2), type: 'INT8', buffer: 0, quantization: scaled(1), ...changes.y },
  ];
  const weights = changes.w?.type === 'FLOAT32' ? bytesOf(Float32Array.of(1, 2, 3, 4)) : Uint8Array.of(1, 2, 3, 4);
  return tfliteModel({
    tensors,
    operators: [{ opcode_index: 0, inputs: [0, 1, 2], outputs: [3], ...(options && { builtin_options: options }) }],
    codes: [{ builtin_code: kind }],
    buffers: [kind === 'DEPTHWISE_CONV_2D' ? weights.slice(0, weights.length / 2) : weights, bytesOf(bias)],
  });
}

const layers = {
  FULLY_CONNECTED: { x: [1, 2], w: [2, 2], axis: 0, options: undefined },
  CONV_2D: {
    x: [1, 1, 1, 2],
    w: [2, 1, 1, 2],
    axis: 0,
    options: { type: 'Conv2DOptions', value: { stride_w: 1, stride_h: 1 } } as OperatorInit['builtin_options'],
  },
  DEPTHWISE_CONV_2D: {
    x: [1, 1, 1, 2],
    w: [1, 1, 1, 2],
    axis: 3,
    options: {
      type: 'DepthwiseConv2DOptions',
      value: { stride_w: 1, stride_h: 1, depth_multiplier: 1 },
    } as OperatorInit['builtin_options'],
  },
};

describe.each(Object.keys(layers) as (keyof typeof layers)[])('%s', (kind) => {
  const refusal = (...given: [Partial<Changes>, Int32Array<ArrayBuffer>?]) =>
    refusalOf(() => importTflite(file(kind, ...given)));

  it('is accepted as the converter writes it, also without a scale of the bias', () => {
    expect(refusal({})).toBe('accepted');
    expect(refusal({ b: { quantization: undefined } })).toBe('accepted');
    expect(refusal({ b: { quantization: scaled(9) } }, Int32Array.of(0, 0))).toBe('accepted');
  });

  it.each<readonly [string, Partial<Changes>, RegExp]>([
    ['a float bias', { b: { type: 'FLOAT32', quantization: undefined } }, /bias b is float32; runtimes take int32/],
    ['float weights', { w: { type: 'FLOAT32', quantization: undefined } }, /weights w are float32; runtimes take int8/],
    ['unsigned weights', { w: { type: 'UINT8' } }, /weights w are uint8/],
    ['no scale of the weights', { w: { quantization: undefined } }, /tensor w of \w+ has no scale/],
    ['no scale of the input', { x: { quantization: undefined } }, /tensor x of \w+ has no scale/],
    ['no scale of the output', { y: { quantization: undefined } }, /tensor y of \w+ has no scale/],
    ['a bias of other steps', { b: { quantization: scaled(0.125, 0.125) } }, /steps of 0\.1250 .* 0\.06250.*channel 1/],
    ['one step for all of a bias', { b: { quantization: scaled(0.125) } }, /output channel 1/],
  ])('is refused with %s', (_what, changes, says) => {
    expect(refusal(changes)).toMatch(/^TFLITE_INVALID/);
    expect(refusal(changes)).toMatch(says);
  });
});
