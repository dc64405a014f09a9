// What one half of the samples shows goes into that half alone: ranges, channels and counts.
import { GraphBuilder, type Graph, type TensorId } from '@wherry/graph';
import { randomTensor } from '../testing/random-values.js';
import { Collection, joinCollected } from './collection.js';
import type { Calibration } from './calibrate.js';

/** Two values through two dense layers: the three channels between them could be evened out. */
function dense(): Graph {
  const builder = new GraphBuilder('dense');
  const weights = (shape: readonly number[]) =>
    builder.constant(`w${shape.length}${shape[0]}`, shape, randomTensor(shape, 1), 'float32');
  const first = builder.add(
    'FULLY_CONNECTED',
    [builder.input('x', [2, 2], 'float32'), weights([3, 2]), weights([3])],
    { activation: 'RELU' },
    { origin: 'first' },
  );
  return builder.finish([
    builder.add('FULLY_CONNECTED', [first, weights([2, 3]), weights([2])], {}, { origin: 'second' }),
  ]);
}

const graph = dense();
const input = graph.inputs[0]!;
const scalable = graph.nodes[0]!.outputs[0]!;

/** Fold 0 sees values up to 2 three times, fold 1 up to 5 once, the sign of its least told apart too. */
function collected(): Collection {
  const collection = new Collection(graph);
  for (let sample = 0; sample < 3; sample++) {
    expect(collection.add(input, Float32Array.of(-1, 2, 0.5, 1), 0)).toBe(true);
    expect(collection.add(scalable, Float32Array.of(1, 2, 0, 0.5, 1, 0), 0)).toBe(true);
    collection.end(0);
  }
  collection.add(input, Float32Array.of(-4, 5, 3, 1), 1);
  collection.add(scalable, Float32Array.of(0.25, 6, 3, 0, 0, 1), 1);
  collection.end(1);
  return collection;
}

const rangeOf = ({ statistics }: Calibration, id: TensorId): readonly number[] => {
  const { samples, min, max } = statistics.get(id)!;
  return [samples, min, max];
};

it('keeps ranges, counts and means of the halves apart', () => {
  const { folds, ...whole } = joinCollected([collected().part]);
  expect([...folds!, whole].map(({ samples }) => samples)).toEqual([3, 1, 4]);
  expect([...folds!, whole].map((each) => rangeOf(each, input))).toEqual([
    [3, -1, 2],
    [1, -4, 5],
    [4, -4, 5],
  ]);
  expect(folds!.map(({ statistics }) => [...statistics.get(input)!.channelMean])).toEqual([
    [-0.25, 1.5],
    [-0.5, 3],
  ]);
});

it('keeps the channels of the halves apart', () => {
  const { folds, ...whole } = joinCollected([collected().part]);
  expect([...folds!, whole].map(({ channelsOf }) => [...channelsOf(scalable).max])).toEqual([
    [1, 2, 0],
    [0.25, 6, 3],
    [1, 6, 3],
  ]);
});

it('refuses what is not finite in either half', () => {
  const collection = new Collection(graph);
  expect(collection.add(input, Float32Array.of(NaN, 1), 1)).toBe(false);
});
