// What halves, quarters and single samples would have made of the scales, on a layer whose values are those of the input.
import { GraphBuilder, referenceEngine, type Graph } from '@wherry/graph';
import { calibrate } from './calibrate.js';
import { classReaches } from './class-reach.js';
import { everything } from './collection.js';
import { RangeParts } from './range-parts.js';
import { measureSteadiness, type Steadiness, type TensorSteadiness } from './steadiness.js';

/** One dense layer of weight 2. */
function doubling(): Graph {
  const builder = new GraphBuilder('doubling');
  const input = builder.input('x', [1, 1], 'float32');
  const weights = builder.constant('w', [1, 1], Float32Array.of(2), 'float32');
  const bias = builder.constant('b', [1], Float32Array.of(0), 'float32');
  return builder.finish([builder.add('FULLY_CONNECTED', [input, weights, bias], {}, { origin: 'twice' })]);
}

interface How {
  readonly histograms?: boolean;
  readonly method?: 'min-max' | 'percentile';
  readonly percentile?: number;
}

async function measured(
  values: readonly number[],
  { histograms = true, method = 'min-max', percentile = 99.99 }: How = {},
) {
  const graph = doubling();
  const parts = new RangeParts(graph);
  const collected = { ...everything, histograms };
  const calibration = await calibrate(graph, referenceEngine, samples(values), {
    count: values.length,
    parts,
    collected,
  });
  return measureSteadiness(graph, calibration, { choice: { method, percentile }, parts, collected });
}

async function* samples(values: readonly number[]) {
  for (const value of values) yield await Promise.resolve([Float32Array.of(value)]);
}

const tensorsOf = (steadiness: Steadiness | undefined): readonly TensorSteadiness[] => steadiness!.tensors;

/** 64 samples in 16 blocks of four; blocks with odd numbers are the other half. */
const even = Array.from({ length: 64 }, (_, i) => 1 + (i % 4));
const ofBlock = (i: number): number => Math.floor(i / 4);

it('finds halves that agree', async () => {
  const steadiness = await measured(even);
  expect(steadiness).toMatchObject({ samples: 32, spread: { quarters: 1, halves: 1 } });
  expect(tensorsOf(steadiness)).toMatchObject([
    { ratio: 1, clipped: 0, farthest: { ratio: 1 } },
    { ratio: 1, clipped: 0, farthest: { ratio: 1 } },
  ]);
});

it('finds halves of two loudnesses, and what the quiet one would cut off of the loud one', async () => {
  const steadiness = await measured(even.map((value, i) => (ofBlock(i) % 2 === 1 ? 3 * value : value)));
  // Of 3, 6, 9 and 12 the last three lie beyond 4.
  expect(tensorsOf(steadiness)).toMatchObject([
    { ratio: 3, clipped: 0.75 },
    { ratio: 3, clipped: 0.75 },
  ]);
  // Each half beside the same mixture: only one of three ways to pair quarters sees it.
  expect(steadiness!.spread!.quarters).toBeCloseTo(3 ** (4 / 6), 5);
  expect(steadiness!.spread!.halves).toBeCloseTo(3 ** (1 / 3), 5);
});

it('blames neither half for what the method cuts off of both', async () => {
  const spread = Array.from({ length: 320 }, (_, i) => 1 + (i % 20) / 5);
  const [input, output] = tensorsOf(await measured(spread, { method: 'percentile', percentile: 60 }));
  // The input keeps all that was seen; of the output a fifth is cut off, of either half alike.
  expect(input!.clipped).toBe(0);
  expect(output!.clipped).toBeLessThan(0.05);
});

it('names the one sample that makes a scale', async () => {
  const steadiness = await measured(even.map((value, i) => (i === 37 ? -16 : value)));
  expect(tensorsOf(steadiness)[1]).toMatchObject({ ratio: 5, farthest: { sample: 37, ratio: 5 } });
});

it('takes no notice of one sample where another reaches as far', async () => {
  const steadiness = await measured(even.map((value, i) => (i === 37 || i === 3 ? 20 : value)));
  expect(tensorsOf(steadiness)[0]).toMatchObject({ farthest: { ratio: 1 } });
});

it('knows nothing of values cut off where none were collected', async () => {
  const steadiness = await measured(
    even.map((value, i) => (ofBlock(i) % 2 === 1 ? 3 * value : value)),
    { histograms: false },
  );
  expect(tensorsOf(steadiness)[0]).toMatchObject({ ratio: 3, clipped: undefined });
});

it('is endless where one half has zeros only, and undefined where it has no sample', async () => {
  const steadiness = await measured(even.map((value, i) => (ofBlock(i) % 2 === 1 ? value : 0)));
  expect(tensorsOf(steadiness)[0]).toMatchObject({ ratio: Infinity });
  expect(await measured([1])).toBeUndefined();
});

it('says of each class what the others leave uncovered, samples without a class among them', async () => {
  const graph = doubling();
  const values = [1, 2, -4, 8, 3, 1];
  // The outputs are twice the values: classes 0 and 1 by their size, none for what is negative.
  const parts = new RangeParts(graph, (sample, [output]) =>
    output![0]! < 0 ? undefined : sample === 3 || output![0]! > 5 ? 1 : 0,
  );
  const calibration = await calibrate(graph, referenceEngine, samples(values), { count: values.length, parts });
  expect(classReaches(graph, calibration, parts)).toEqual([
    { class: 0, samples: 3, id: graph.inputs[0], ratio: 1 },
    { class: 1, samples: 2, id: graph.inputs[0], ratio: 2 },
  ]);
});
