// Few samples: ranges reach as far as BatchNormalization says, and scores twice as high as was seen; many: what was seen.
import { evaluate, GraphBuilder, type Graph } from '@wherry/graph';
import { optimize } from '../optimize/optimize.js';
import { equalize } from '../equalize/equalize.js';
import { calibrated, samplesOf } from '../testing/small-network.js';
import { pairedLayers } from '../testing/paired-layers.js';
import { randomTensor } from '../testing/random-values.js';
import { chooseRanges } from './choose-ranges.js';

const range = { method: 'min-max', percentile: 99.99 } as const;
const [mean, deviation] = [Float64Array.of(1, -2, 0.5), Float64Array.of(2, 1, 0.25)];

/** Convolution, BatchNormalization with known moments, an activation of its own, dense layer, scores. */
function normalized(activation: 'RELU' | 'RELU6' | undefined, scores: 'SOFTMAX' | 'LOGISTIC', bias = -1): Graph {
  const builder = new GraphBuilder('normalized');
  const constant = (name: string, shape: readonly number[], seed: number) =>
    builder.constant(name, shape, randomTensor(shape, seed), 'float32');
  const input = builder.input('x', [1, 4, 4, 2], 'float32');
  const convolved = builder.add('CONV_2D', [input, constant('w', [3, 1, 1, 2], 1), null], {}, { origin: 'conv' });
  const scaled = builder.add('MUL', [convolved, constant('scale', [3], 2)], {}, { origin: 'norm' });
  const shifted = builder.add('ADD', [scaled, constant('offset', [3], 3)], {}, { origin: 'norm' });
  builder.setMoments(shifted, { mean, deviation });
  const clamped = activation === undefined ? shifted : builder.add(activation, [shifted], {}, { origin: 'clamp' });
  const pooled = builder.add('MEAN', [clamped, builder.indices('axes', [1, 2])], { keepDims: false }, { origin: 'm' });
  const classes = scores === 'SOFTMAX' ? 4 : 1;
  const logits = [
    pooled,
    constant('w2', [classes, 3], 4),
    builder.constant('b', [classes], new Float32Array(classes).fill(bias), 'float32'),
  ];
  const dense = builder.add('FULLY_CONNECTED', logits, {}, { origin: 'dense' });
  return optimize(builder.finish([builder.add(scores, [dense], {}, { origin: 'scores' })])).graph;
}

async function rangesOf(graph: Graph, evidence?: number) {
  const calibration = await calibrated(graph, samplesOf(graph, 1));
  const ranges = chooseRanges(graph, calibration, evidence === undefined ? range : { ...range, evidence });
  const [convolution, , dense] = graph.nodes;
  return { convolved: ranges.get(convolution!.outputs[0]!)!, logits: ranges.get(dense!.outputs[0]!)! };
}

it('takes the moments through folding and fusing to the layer that writes the values', () => {
  const graph = normalized('RELU', 'SOFTMAX');
  expect(graph.nodes.map(({ kind }) => kind)).toEqual(['CONV_2D', 'MEAN', 'FULLY_CONNECTED', 'SOFTMAX']);
  expect(graph.tensors[graph.nodes[0]!.outputs[0]!]!.moments).toEqual({ mean, deviation });
});

it.each([
  ['the channels', [1, 4, 3], { mean, deviation }],
  ['nothing', [1, 3, 4], undefined],
] as const)('takes them over a reshape that keeps %s', (_, shape, kept) => {
  const builder = new GraphBuilder('reshaped');
  const constant = (name: string, of: readonly number[]) => builder.constant(name, of, randomTensor(of, 1), 'float32');
  const input = builder.input('x', [1, 4, 1, 2], 'float32');
  const convolved = builder.add('CONV_2D', [input, constant('w', [3, 1, 1, 2]), null], {}, { origin: 'conv' });
  const folded = builder.add('RESHAPE', [convolved, builder.indices('shape', shape)], {}, { origin: 'conv' });
  const shifted = builder.add('ADD', [folded, constant('offset', [1])], {}, { origin: 'norm' });
  builder.setMoments(shifted, kept ?? { mean: new Float64Array(4), deviation: new Float64Array(4) });
  const { graph } = optimize(builder.finish([shifted]));
  expect(graph.nodes.map(({ kind }) => kind)).toEqual(['CONV_2D', 'RESHAPE']);
  expect(graph.tensors[graph.nodes[0]!.outputs[0]!]!.moments).toEqual(kept);
});

it.each([
  [undefined, -11, 13],
  ['RELU', 0, 13],
  ['RELU6', 0, 6],
] as const)(
  'reaches six deviations behind BatchNormalization and %s without evidence',
  async (activation, min, max) => {
    const { convolved } = await rangesOf(normalized(activation, 'SOFTMAX'), 0);
    expect([convolved.min, convolved.max]).toEqual([min, max]);
    expect(convolved.from).toBe('min-max over 1 samples, wider as they are few');
  },
);

it('reaches half as far with twenty samples, and no farther than was seen with many', async () => {
  const graph = normalized(undefined, 'SOFTMAX');
  const seen = (await rangesOf(graph)).convolved;
  expect((await rangesOf(graph, 20)).convolved).toMatchObject({ min: -5.5, max: 6.5 });
  expect((await rangesOf(graph, 1e5)).convolved).toEqual(seen);
  expect(seen).toMatchObject({ from: 'min-max over 1 samples' });
  expect(seen.max).toBeLessThan(6.5);
});

it.each([
  // Bounded by what was seen, by how low the others are, and by nothing: nobody is low. All are low: nothing was seen.
  [-0.6, 'twice as high as seen'],
  [-0.5, 'as high as others are low'],
  [9, 'no higher than seen'],
  [-4, 'half as high as others are low'],
] as const)('lets scores around %d be %s', async (bias, bound) => {
  const graph = normalized('RELU', 'SOFTMAX', bias);
  const { min, max } = (await rangesOf(graph)).logits;
  const bounds = {
    'twice as high as seen': 2 * max,
    'as high as others are low': -min,
    'no higher than seen': max,
    'half as high as others are low': -min / 2,
  };
  const { logits } = await rangesOf(graph, 0);
  expect(logits).toMatchObject({ min, max: bounds[bound] });
  expect(Object.values(bounds).filter((each) => each === logits.max)).toHaveLength(1);
});

it('leaves scores that were all low where they were seen, the more samples there are', async () => {
  const reached = async (evidence: number): Promise<number> => {
    const { min, max } = (await rangesOf(normalized('RELU', 'SOFTMAX', -4), evidence)).logits;
    return max / -min;
  };
  expect(await reached(20)).toBeCloseTo(0.5 / 8, 9);
  expect(await reached(2000)).toBeLessThan(1e-6);
});

it('lets a single score be as good on either side', async () => {
  const { logits } = await rangesOf(normalized('RELU', 'LOGISTIC'));
  const farthest = Math.max(logits.max, -logits.min);
  expect(farthest).toBeGreaterThan(Math.min(logits.max, -logits.min));
  expect((await rangesOf(normalized('RELU', 'LOGISTIC'), 0)).logits).toMatchObject({ min: -farthest, max: farthest });
});

it('scales moments with the channels that are evened out', async () => {
  const paired = pairedLayers();
  const hidden = paired.nodes[0]!.outputs[0]!;
  const moments = { mean: new Float64Array(6).fill(3), deviation: new Float64Array(6).fill(2) };
  const graph = {
    ...paired,
    tensors: paired.tensors.map((tensor, id) => (id === hidden ? { ...tensor, moments } : tensor)),
  };
  const samples = samplesOf(graph, 12);
  const { graph: even } = equalize(graph, await calibrated(graph, samples), 12)!;
  const [feed] = samples as [(typeof samples)[0]];
  const valuesIn = (each: Graph): Float32Array => evaluate({ ...each, outputs: [hidden] }, feed)[0] as Float32Array;
  const [before, after] = [valuesIn(graph), valuesIn(even)];
  const ratios = Array.from(before, (value, channel) => after[channel]! / value);
  const scaled = even.tensors[hidden]!.moments!;
  ratios.forEach((ratio, channel) => {
    if (Number.isNaN(ratio)) return;
    expect(scaled.mean[channel]! / 3).toBeCloseTo(ratio, 5);
    expect(scaled.deviation[channel]! / 2).toBeCloseTo(ratio, 5);
  });
  expect(ratios.filter((ratio) => Math.abs(ratio - 1) > 0.1).length).toBeGreaterThan(1);
});
