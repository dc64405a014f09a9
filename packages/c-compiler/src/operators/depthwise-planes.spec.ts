// Depthwise filters that go channel by channel, where planes have edges, under sanitizers: those for any core, and as plain C
// those for the DSP extension.
import { evaluate, GraphBuilder, type FusedActivation, type Graph, type Padding } from '@wherry/graph';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { fitsInPlace } from '../access/trailing-distance.js';
import { kernelCalls } from '../compile-model.js';
import { kernelVariantOf } from '../kernel-variant.js';
import { bytesOf, runCompiled } from '../testing/compiled-program.js';
import { anyCore } from '../testing/cores.js';

interface Layer {
  readonly input: readonly [number, number, number, number];
  readonly filter: readonly [number, number];
  readonly multiplier?: number;
  readonly stride?: number;
  readonly dilationH?: number;
  readonly dilationW?: number;
  readonly weightScale?: number;
  readonly padding?: Padding;
  readonly activation?: FusedActivation;
}

function graphOf({
  input,
  filter: [h, w],
  multiplier = 1,
  stride = 1,
  dilationH = 1,
  dilationW = 1,
  ...one
}: Layer): Graph {
  const builder = new GraphBuilder('one');
  const channels = input[3] * multiplier;
  const x = builder.input('x', input, 'int8', { scale: [0.02], zeroPoint: [-7], axis: 0 });
  const values = Int8Array.from({ length: channels * h * w }, (_, i) => ((i * 71) % 256) - 128);
  const scale = Array.from({ length: channels }, (_, c) => Math.fround((one.weightScale ?? 0.002) * (1 + c / 8)));
  const perChannel = { scale, zeroPoint: scale.map(() => 0), axis: 3 };
  const filter = builder.constant('w', [1, h, w, channels], values, 'int8', perChannel);
  const { padding = 'SAME', activation = 'NONE' } = one;
  const attributes = {
    ...{ padding, strideH: stride, strideW: stride, dilationH, dilationW },
    ...{ activation, depthMultiplier: multiplier },
  };
  const outputQuantization = { scale: [0.05], zeroPoint: [-20], axis: 0 };
  return builder.finish([
    builder.add('DEPTHWISE_CONV_2D', [x, filter], attributes, { origin: 'one', outputQuantization }),
  ]);
}

const image: Layer = { input: [1, 5, 7, 3], filter: [3, 3] };

const dsp = { simd: 'Arm DSP extension' };

/** Both kinds take them. */
const layers: readonly (readonly [string, Layer])[] = [
  ['of 3x3 over an odd width', image],
  ['of 3x3 over an even width and two images', { ...image, input: [2, 4, 6, 2] }],
  ['of 3x3 at a stride of two', { ...image, stride: 2 }],
  ['of 3x3 at a stride of three', { ...image, input: [1, 8, 8, 2], stride: 3 }],
  [
    'of 3x3 without padding, whose last columns nobody reads',
    { ...image, input: [1, 6, 6, 2], stride: 2, padding: 'VALID' },
  ],
  ['of 3x3 in several bands', { ...image, input: [2, 23, 21, 2] }],
  ['of 3x3 in several bands of several images, the last one of one row', { ...image, input: [2, 29, 3, 2] }],
  ['of 3x3 in several bands at a stride of two', { ...image, input: [1, 40, 31, 2], stride: 2 }],
  ['of 2x2 in several bands at a stride of three', { ...image, input: [1, 40, 60, 2], filter: [2, 2], stride: 3 }],
  ['of 3x3 with rows apart', { ...image, input: [1, 7, 4, 2], dilationH: 2 }],
  ['higher than a band', { ...image, input: [1, 24, 4, 2], filter: [19, 2] }],
  ['wider than the image', { ...image, input: [1, 2, 2, 3], filter: [5, 4] }],
  ['of one column', { ...image, filter: [4, 1] }],
  ['that cover the image', { ...image, filter: [5, 7], padding: 'VALID' }],
  ['with several channels of each', { ...image, multiplier: 3 }],
  ['of which an activation leaves less than int8 has', { ...image, activation: 'RELU6' }],
];

describeCompiled('depthwise filters', () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  it.each([
    ...layers.map(([name, one]) => ['planes', name, one, dsp] as const),
    ...layers.map(([name, one]) => ['channels', name, one, anyCore] as const),
    ['channels', 'of 3x3 with columns apart', { ...image, dilationW: 2 }, dsp] as const,
    ['channels', 'of 3x3 with scales above one', { ...image, weightScale: 4 }, dsp] as const,
  ])('in %s, %s', (kind, _, one, core) => {
    const graph = graphOf(one);
    expect(kernelCalls(graph, kernelVariantOf(core))[0]![0]!.kernel).toBe(`wherry_depthwise_${kind}_s8`);
    const count = one.input.reduce((product, size) => product * size, 1);
    const runs = [() => -128, () => 127, (i: number) => ((i * 89) % 256) - 128].map((valueAt) => [
      Int8Array.from({ length: count }, (_unused, i) => valueAt(i)),
    ]);
    const outputs = runCompiled(folder, graph, runs, 'outputs', core);
    expect(outputs.map(([bytes]) => [...bytes!])).toEqual(
      runs.map((feeds) => [...bytesOf(evaluate(graph, feeds)[0]!)]),
    );
  });
});

it.each(['arm-dsp', 'portable'] as const)(
  'of %s may write where they read, unless they make more channels',
  (variant) => {
    const accessOf = (one: Layer): Parameters<typeof fitsInPlace>[0] =>
      kernelCalls(graphOf(one), variant)[0]![0]!.access!;
    expect(fitsInPlace(accessOf(image), 0)).toBe(true);
    expect(fitsInPlace(accessOf({ ...image, input: [2, 23, 21, 2] }), 0)).toBe(true);
    expect(fitsInPlace(accessOf({ ...image, input: [2, 4, 6, 2], stride: 2 }), 0)).toBe(true);
    expect(fitsInPlace(accessOf({ ...image, multiplier: 2 }), 0)).toBe(false);
  },
);
