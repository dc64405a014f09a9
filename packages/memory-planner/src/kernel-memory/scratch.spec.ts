// Scratch of the optimized kernels where they change their way, against sums by hand from the libraries' *_size functions.
import type { AppliedContext, AttributesOf, OperandSpec, Shape } from '@wherry/graph';
import { operators } from '@wherry/graph';
import { cmsisNnKernels, type CmsisVariant } from './cmsis-nn.js';
import { espNnKernels, type EspVariant } from './esp-nn.js';

const int8 = (shape: Shape): OperandSpec => ({ shape, dtype: 'int8', quantization: undefined });

/** A depthwise layer with SAME padding, over a square image. */
function depthwise(size: number, channels: number, filter: number): AppliedContext<AttributesOf<'DEPTHWISE_CONV_2D'>> {
  return {
    attributes: { ...operators.DEPTHWISE_CONV_2D.defaults, padding: 'SAME' },
    inputs: [int8([1, size, size, channels]), int8([1, filter, filter, channels])],
    outputs: [int8([1, size, size, channels])],
  };
}

it.each<[EspVariant, string, number, number, number, number]>([
  ['s3', 'copies of filter and input up to 48 KiB', 55, 8, 5, 32 + 2 * (25 * 8 + 55 * 55 * 8)],
  ['s3', 'strips of the input beyond', 56, 8, 5, 32 + 2 * 25 * 8 + 2 * 56 * 5 * 8],
  ['s3', 'the padded input up to 40 KiB', 48, 16, 3, 9 * 16 + 16 + 50 * 50 * 16],
  ['s3', 'as many padded rows as the filter has beyond', 49, 16, 3, 9 * 16 + 16 + 51 * 3 * 16],
  ['s3-1.1', 'the padded input, however large', 49, 16, 3, 9 * 16 + 16 + 51 * 51 * 16],
  ['generic', 'nothing', 49, 16, 3, 0],
])('ESP-NN, %s: %s', (variant, _, size, channels, filter, bytes) => {
  const { scratch } = espNnKernels(variant).DEPTHWISE_CONV_2D.prepare(depthwise(size, channels, filter));
  expect(scratch).toEqual(bytes === 0 ? [] : [bytes]);
});

it.each<[CmsisVariant, number, number]>([
  ['mve', 3, 4 * 124 * 3 * 3],
  ['mve', 5, 4 * 124 * 5 * 5],
  ['dsp', 3, 0],
  ['dsp', 5, 2 * 24 * 5 * 5],
  ['plain', 5, 0],
])('CMSIS-NN, %s: a depthwise filter of %d', (variant, filter, bytes) => {
  const { scratch } = cmsisNnKernels(variant).DEPTHWISE_CONV_2D.prepare(depthwise(9, 24, filter));
  expect(scratch).toEqual(bytes === 0 ? [] : [bytes]);
});

it.each<[CmsisVariant, readonly number[]]>([
  ['dsp', [4 * 24]],
  ['mve', []],
  ['plain', []],
])('CMSIS-NN, %s: an average of 24 channels', (variant, bytes) => {
  const call: AppliedContext<AttributesOf<'AVERAGE_POOL_2D'>> = {
    attributes: { ...operators.AVERAGE_POOL_2D.defaults, filterH: 2, filterW: 2 },
    inputs: [int8([1, 8, 8, 24])],
    outputs: [int8([1, 8, 8, 24])],
  };
  expect(cmsisNnKernels(variant).AVERAGE_POOL_2D.prepare(call).scratch).toEqual(bytes);
});
