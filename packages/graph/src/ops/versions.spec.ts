// Operator versions against the table of TFLite's op_version.cc, on the cases that the table tells apart.
import type { DataType } from '../data-type.js';
import type { Quantization, Shape } from '../ir.js';
import type { OperandSpec } from '../op-definition.js';
import { operatorOf, type OpKind } from './index.js';

function spec(dtype: DataType, shape: Shape = [1], quantization?: Quantization): OperandSpec {
  return { dtype, shape, quantization };
}

function scaled(dtype: DataType, ...scale: number[]): OperandSpec {
  return spec(dtype, [scale.length], { scale, zeroPoint: scale.map(() => 0), axis: 0 });
}

const five = [1, 1, 1, 1, 2];
const image = [1, 4, 4, 3];

/** [2, 3, 3, 3]; `scales`: how many it has. */
function filter(dtype: DataType, scales: number, axis = 0): OperandSpec {
  const scale = Array.from({ length: scales }, (_, i) => i + 1);
  return spec(dtype, [2, 3, 3, 3], { scale, zeroPoint: scale.map(() => 0), axis });
}

it.each<[OpKind, readonly OperandSpec[], OperandSpec, object, number]>([
  ['ADD', [spec('float32'), spec('float32')], spec('float32'), {}, 1],
  ['ADD', [spec('int8'), spec('int8')], spec('int8'), {}, 2],
  ['ADD', [spec('int16'), spec('int16')], spec('int16'), { potScaleInt16: false }, 3],
  ['SUB', [spec('int8', five), spec('int8')], spec('int8', five), {}, 3],
  ['SUB', [spec('int16'), spec('int16')], spec('int16'), { potScaleInt16: false }, 5],
  ['MUL', [scaled('int8', 0.1), scaled('int8', 0.1)], scaled('int8', 0.1), {}, 2],
  ['MUL', [scaled('int8', 0.1), scaled('int8', 0.1)], scaled('int8', 0.001), {}, 3],
  ['MUL', [spec('int16'), spec('int16')], spec('int16'), {}, 4],
  ['CONV_2D', [spec('int8', image), filter('int8', 2)], spec('int8', image), {}, 3],
  ['CONV_2D', [spec('int8', image), filter('int4', 2)], spec('int8', image), {}, 7],
  ['CONV_2D', [spec('int16', image), filter('int8', 2)], spec('int16', image), {}, 8],
  ['CONV_2D', [spec('float32', image), filter('int8', 1)], spec('float32', image), {}, 2],
  ['CONV_2D', [spec('float32', image), filter('int8', 2)], spec('float32', image), {}, 5],
  ['DEPTHWISE_CONV_2D', [spec('int8', image), filter('int4', 3, 3)], spec('int8', image), {}, 7],
  ['DEPTHWISE_CONV_2D', [spec('int16', image), filter('int8', 3, 3)], spec('int16', image), {}, 1],
  ['DEPTHWISE_CONV_2D', [spec('int16', image), filter('int8', 3, 3)], spec('int16', image), { dilationH: 2 }, 2],
  ['DEPTHWISE_CONV_2D', [spec('float32', image), filter('int8', 1, 3)], spec('float32', image), {}, 4],
  ['DEPTHWISE_CONV_2D', [spec('float32', image), filter('int8', 3, 3)], spec('float32', image), {}, 6],
  ['FULLY_CONNECTED', [spec('int8'), filter('int4', 1), spec('int32')], spec('int8'), {}, 10],
  ['FULLY_CONNECTED', [spec('int16'), filter('int8', 1), spec('int64')], spec('int16'), {}, 11],
  ['FULLY_CONNECTED', [spec('float32'), filter('int8', 1), spec('float32')], spec('float32'), {}, 3],
  [
    'FULLY_CONNECTED',
    [spec('float32'), filter('int8', 1), spec('float32')],
    spec('float32'),
    { asymmetricQuantizeInputs: true },
    9,
  ],
  ['FULLY_CONNECTED', [spec('float32'), filter('int8', 2), spec('float32')], spec('float32'), {}, 12],
  ['SUM', [spec('int16')], spec('int16'), {}, 1],
  ['SQUEEZE', [spec('int8')], spec('int8'), {}, 1],
  ['QUANTIZE', [spec('float32')], scaled('int8', 0.1), {}, 1],
  ['QUANTIZE', [spec('int8')], scaled('int8', 0.1), {}, 1],
  ['QUANTIZE', [spec('float32')], scaled('int16', 0.1), {}, 2],
  ['QUANTIZE', [spec('float32')], scaled('int8', 0.1, 0.2), {}, 3],
  ['DEQUANTIZE', [scaled('int8', 0.1)], spec('float32'), {}, 2],
  ['DEQUANTIZE', [scaled('int8', 0.1, 0.2)], spec('float32'), {}, 5],
  ['CAST', [spec('float16')], spec('float32'), {}, 5],
  ['CAST', [spec('int8')], spec('float16'), {}, 5],
  ['CAST', [spec('int8')], spec('uint32'), {}, 3],
  ['DEQUANTIZE', [spec('float16')], spec('float32'), {}, 3],
  ['TRANSPOSE', [spec('int8')], spec('int8'), {}, 2],
  ['TRANSPOSE', [spec('int8', five)], spec('int8'), {}, 4],
  ['TRANSPOSE', [spec('int16')], spec('int16'), {}, 5],
  ['STRIDED_SLICE', [spec('int16')], spec('int16'), {}, 1],
  ['STRIDED_SLICE', [spec('int8', five)], spec('int8'), {}, 4],
  ['PAD', [spec('int16')], spec('int16'), {}, 3],
  ['CONCATENATION', [spec('int16')], spec('int16'), {}, 3],
  ['MAXIMUM', [spec('int16')], spec('int16'), {}, 4],
  ['UNPACK', [spec('bool')], spec('bool'), {}, 3],
  ['SPLIT', [spec('int32'), spec('int8')], spec('int8'), {}, 2],
  ['GATHER', [spec('int8')], spec('int8'), { batchDims: 1 }, 5],
  ['SLICE', [spec('int8')], spec('int8'), {}, 2],
  ['RESIZE_NEAREST_NEIGHBOR', [spec('int8')], spec('int8'), { alignCorners: true }, 3],
  ['RESIZE_BILINEAR', [spec('int8')], spec('int8'), { alignCorners: true }, 2],
  ['SUM', [spec('int8')], spec('int8'), {}, 2],
])('%s of %j giving %j with %j is version %i', (kind, inputs, output, attributes, version) => {
  expect(
    operatorOf(kind).tflite.version({
      inputs,
      outputs: [output],
      attributes: { ...operatorOf(kind).defaults, ...attributes },
    }),
  ).toBe(version);
});
