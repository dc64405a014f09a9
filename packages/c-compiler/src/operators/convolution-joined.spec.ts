// Kernels for a multiplication of 32 bits at the ends of what they can compute, under sanitizers.
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { kernelCalls } from '../compile-model.js';
import { kernelVariantOf } from '../kernel-variant.js';
import { answersOf, graphOf, layer, type ConvolutionLayer } from '../testing/convolution-layer.js';

const core = { simd: null, instructionSet: 'RV32IMC' };
const kernelOf = (one: ConvolutionLayer): string => kernelCalls(graphOf(one), kernelVariantOf(core))[0]![0]!.kernel;

const convolution = 'wherry_conv_2d_joined_s8';
const dense = 'wherry_dense_blocks_s8';
const at =
  (...ones: readonly number[]) =>
  (_: number, k: number): number =>
    ones[k % ones.length]!;

const vector = { input: [1, 1, 1, 9], filter: [7, 1, 1] } as const;
const ofOneScale = { ...vector, timesScale: () => 1 };

const layers: readonly (readonly [string, string, ConvolutionLayer])[] = [
  ['an odd number of channels and of pixels', convolution, layer({ filter: [5, 3, 3] })],
  ['an odd number of values under the filter', convolution, layer({ input: [2, 6, 5, 3] })],
  ['fewer channels than a block', convolution, layer({ filter: [3, 3, 3] })],
  ['one channel of input, a stride', convolution, layer({ input: [1, 9, 8, 1], filter: [4, 4, 5], stride: 2 })],
  ['a stride of three over one column', convolution, layer({ input: [1, 10, 1, 2], filter: [4, 2, 1], stride: 3 })],
  ['filters wider than the image', convolution, layer({ input: [1, 2, 2, 4], filter: [3, 5, 5] })],
  ['rows apart', convolution, layer({ input: [1, 9, 4, 4], dilationH: 2, padding: 'VALID' })],
  ['columns apart', convolution, layer({ input: [1, 4, 9, 3], dilationW: 2, padding: 'VALID' })],
  ['columns and rows apart, with padding', convolution, layer({ input: [1, 7, 7, 3], dilationH: 2, dilationW: 3 })],
  [
    'a window of as many values as the image',
    convolution,
    layer({ input: [1, 4, 2, 4], filter: [6, 2, 4], stride: 4 }),
  ],
  [
    'one window of places apart',
    convolution,
    layer({ input: [1, 3, 1, 4], filter: [6, 3, 1], stride: 3, dilationH: 2 }),
  ],
  ['one window, of which a part is padding', convolution, layer({ input: [1, 2, 2, 3], stride: 2 })],
  ['an activation that leaves less than int8 has', convolution, layer({ activation: 'RELU6' })],
  ['steps as great as 16 bits hold', convolution, layer({ weight: at(-128, -127), weightScale: 0.00001 })],
  ['the same with a second weight below', convolution, layer({ weight: at(-127, -128), weightScale: 0.00001 })],
  ['steps as small', convolution, layer({ weight: at(127), weightScale: 0.00001 })],
  ['one pixel', dense, layer({ input: [1, 3, 3, 5], padding: 'VALID', filter: [7, 3, 3] })],
  ['one pixel of least weights', dense, layer({ input: [1, 1, 1, 8], filter: [4, 1, 1], weight: at(-128) })],
  [
    'one pixel and scales that differ in their shift alone',
    dense,
    layer({ ...vector, timesScale: (c) => 2 ** -(c % 3) }),
  ],
  ['one pixel and one scale', dense, layer(ofOneScale)],
  ['one pixel with an activation', dense, layer({ input: [1, 1, 1, 9], filter: [6, 1, 1], activation: 'RELU' })],
];

describeCompiled('kernels for a multiplication of 32 bits', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  it.each(layers)('%s', (_, kernel, one) => {
    expect(kernelOf(one)).toBe(kernel);
    const [answers, expected] = answersOf(folder, one, core);
    expect(answers).toEqual(expected);
  });
});

it.each([
  ['least weights beside each other', layer({ weight: at(-128) })],
  ['sums that reach 2^30', layer({ input: [1, 1, 1, 70000], filter: [2, 1, 1], weight: at(127) })],
  ['scales above one', layer({ weightScale: 4 })],
])('the portable kernel computes %s', (_, one) => {
  expect(kernelOf(one)).toBe('wherry_conv_2d_s8');
});

it.each([
  [{ simd: null, instructionSet: 'RV32IMC' }, 'mul32'],
  [{ simd: null, instructionSet: 'rv32imafc' }, 'mul32'],
  [{ simd: null, instructionSet: 'Armv6-M' }, 'mul32'],
  [{ simd: null, instructionSet: 'RV32EC' }, 'portable'],
  [{ simd: null, instructionSet: 'AVRe' }, 'portable'],
  [{ simd: null }, 'portable'],
  [{ simd: 'Arm DSP extension', instructionSet: 'Armv7E-M' }, 'arm-dsp'],
  [{ simd: 'Arm Helium (MVE)', instructionSet: 'Armv8.1-M' }, 'arm-mve'],
])('a core of %j has kernels of %s', (one, variant) => {
  expect(kernelVariantOf(one)).toBe(variant);
});

it('a dense layer of one scale keeps it once', () => {
  const scalesOf = (one: ConvolutionLayer): number =>
    kernelCalls(graphOf(one), kernelVariantOf(core))[0]![0]!.arguments.reduce(
      (sum, argument) => sum + (argument.is === 'records' ? argument.records.length : 0),
      0,
    );
  expect([scalesOf(layer(ofOneScale)), scalesOf(layer(vector))]).toEqual([1, 7]);
});
