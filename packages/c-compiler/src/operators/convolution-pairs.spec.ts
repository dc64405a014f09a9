// Kernels for the DSP extension at the ends of what they can compute, as plain C under sanitizers.
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { kernelCalls } from '../compile-model.js';
import { answersOf, graphOf, layer, type ConvolutionLayer } from '../testing/convolution-layer.js';

const kernelOf = (one: ConvolutionLayer): string => kernelCalls(graphOf(one), 'arm-dsp')[0]![0]!.kernel;

const convolution = 'wherry_conv_2d_pairs_s8';
const dense = 'wherry_dense_pairs_s8';

const vector = { input: [1, 1, 1, 9], filter: [7, 1, 1] } as const;
const ofOneScale = { ...vector, timesScale: () => 1 };

const layers: readonly (readonly [string, string, ConvolutionLayer])[] = [
  ['an odd number of channels and of pixels', convolution, layer({ filter: [5, 3, 3] })],
  ['depths that are no multiple of four', convolution, layer({ input: [2, 6, 5, 3] })],
  ['one channel of input, a stride', convolution, layer({ input: [1, 9, 8, 1], filter: [4, 4, 5], stride: 2 })],
  ['filters wider than the image', convolution, layer({ input: [1, 2, 2, 4], filter: [3, 5, 5] })],
  ['rows apart', convolution, layer({ input: [1, 7, 4, 4], dilationH: 2 })],
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
  ['one pixel', dense, layer({ input: [1, 3, 3, 5], padding: 'VALID', filter: [7, 3, 3] })],
  [
    'one pixel and scales that differ in their shift alone',
    dense,
    layer({ ...vector, timesScale: (c) => 2 ** -(c % 3) }),
  ],
  ['one pixel and one scale', dense, layer(ofOneScale)],
  ['an activation that leaves less than int8 has', convolution, layer({ activation: 'RELU6' })],
  ['the same of one pixel', dense, layer({ input: [1, 1, 1, 9], filter: [6, 1, 1], activation: 'RELU' })],
  [
    'sums that are told in parts',
    convolution,
    layer({ input: [1, 4, 4, 80], weight: (_, k) => (k % 7 === 0 ? 120 : 127) }),
  ],
  [
    'the same of one pixel',
    dense,
    layer({ input: [1, 1, 1, 1201], filter: [5, 1, 1], weight: (c) => (c % 2 === 0 ? -127 : 127) }),
  ],
  [
    'least weights where the first channel has none below zero',
    convolution,
    layer({ weight: (c, k) => (c % 2 === 0 ? k : -128) }),
  ],
];

describeCompiled('kernels for pairs of channels', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  it.each(layers)('%s', (_, kernel, one) => {
    expect(kernelOf(one)).toBe(kernel);
    const [answers, expected] = answersOf(folder, one, { simd: 'Arm DSP extension' });
    expect(answers).toEqual(expected);
  });
});

it.each([
  ['a least weight below a first channel that has the sign', layer({ weight: () => -128 })],
  ['sums that reach 2^30', layer({ input: [1, 1, 1, 70000], filter: [2, 1, 1], weight: () => 127 })],
  ['scales above one', layer({ weightScale: 4 })],
])('the portable kernel computes %s', (_, one) => {
  expect(kernelOf(one)).toBe('wherry_conv_2d_s8');
});

it('a dense layer of one scale keeps it once', () => {
  const scalesOf = (one: ConvolutionLayer): number =>
    kernelCalls(graphOf(one), 'arm-dsp')[0]![0]!.arguments.reduce(
      (sum, argument) => sum + (argument.is === 'records' ? argument.records.length : 0),
      0,
    );
  expect([scalesOf(layer(ofOneScale)), scalesOf(layer(vector))]).toEqual([1, 8]);
});
