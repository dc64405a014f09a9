// Kernels for the DSP extension at the ends of what they can compute, as plain C under sanitizers.
import { evaluate, GraphBuilder, type FusedActivation, type Graph, type Padding } from '@wherry/graph';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { kernelCalls } from '../compile-model.js';
import { bytesOf, runCompiled } from '../testing/compiled-program.js';

interface Layer {
  readonly input: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number];
  /** By channel and place. */
  readonly weight: (channel: number, k: number) => number;
  readonly weightScale?: number;
  readonly stride?: number;
  readonly dilationH?: number;
  readonly padding?: Padding;
  readonly activation?: FusedActivation;
}

const mixed = (channel: number, k: number): number => ((channel * 71 + k * 37) % 255) - 127;

const layer = (change: Partial<Layer>): Layer => ({ input: [1, 5, 5, 4], filter: [6, 3, 3], weight: mixed, ...change });

function graphOf(one: Layer): Graph {
  const builder = new GraphBuilder('one');
  const [channels, h, w] = one.filter;
  const depth = one.input[3];
  const x = builder.input('x', one.input, 'int8', { scale: [0.02], zeroPoint: [-7], axis: 0 });
  const length = h * w * depth;
  const values = Int8Array.from({ length: channels * length }, (_, i) =>
    one.weight(Math.floor(i / length), i % length),
  );
  const scale = Array.from({ length: channels }, (_, c) => Math.fround((one.weightScale ?? 0.001) * (1 + c / 8)));
  const perChannel = { scale, zeroPoint: scale.map(() => 0), axis: 0 };
  const filter = builder.constant('w', [channels, h, w, depth], values, 'int8', perChannel);
  const bias = builder.constant(
    'b',
    [channels],
    Int32Array.from(scale, (_, c) => 900 * c - 2000),
    'int32',
    { ...perChannel, scale: scale.map((s) => Math.fround(0.02 * s)) },
  );
  const { stride = 1, dilationH = 1, padding = 'SAME', activation = 'NONE' } = one;
  const attributes = { padding, strideH: stride, strideW: stride, dilationH, dilationW: 1, activation };
  const outputQuantization = { scale: [0.05], zeroPoint: [-20], axis: 0 };
  return builder.finish([builder.add('CONV_2D', [x, filter, bias], attributes, { origin: 'one', outputQuantization })]);
}

const kernelOf = (one: Layer): string => kernelCalls(graphOf(one), 'arm-dsp')[0]![0]!.kernel;

const convolution = 'wherry_conv_2d_pairs_s8';
const dense = 'wherry_dense_pairs_s8';

const layers: readonly (readonly [string, string, Layer])[] = [
  ['an odd number of channels and of pixels', convolution, layer({ filter: [5, 3, 3] })],
  ['depths that are no multiple of four', convolution, layer({ input: [2, 6, 5, 3] })],
  ['one channel of input, a stride', convolution, layer({ input: [1, 9, 8, 1], filter: [4, 4, 5], stride: 2 })],
  ['filters wider than the image', convolution, layer({ input: [1, 2, 2, 4], filter: [3, 5, 5] })],
  ['rows apart', convolution, layer({ input: [1, 7, 4, 4], dilationH: 2 })],
  ['one pixel', dense, layer({ input: [1, 3, 3, 5], padding: 'VALID', filter: [7, 3, 3] })],
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
    const graph = graphOf(one);
    const count = one.input.reduce((product, size) => product * size, 1);
    const runs = [() => -128, () => 127, (i: number) => ((i * 89) % 256) - 128].map((valueAt) => [
      Int8Array.from({ length: count }, (_, i) => valueAt(i)),
    ]);
    const outputs = runCompiled(folder, graph, runs, 'outputs', { simd: 'Arm DSP extension' });
    expect(outputs.map(([bytes]) => [...bytes!])).toEqual(
      runs.map((feeds) => [...bytesOf(evaluate(graph, feeds)[0]!)]),
    );
  });
});

it.each([
  ['a least weight below a first channel that has the sign', layer({ weight: () => -128 })],
  ['sums that reach 2^30', layer({ input: [1, 1, 1, 70000], filter: [2, 1, 1], weight: () => 127 })],
  ['scales above one', layer({ weightScale: 4 })],
])('the portable kernel computes %s', (_, one) => {
  expect(kernelOf(one)).toBe('wherry_conv_2d_s8');
});
