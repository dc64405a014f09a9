// What makes a training another one, so that it does not go on from the checkpoint of the first.
import { GraphBuilder } from '@wherry/graph';
import { trainingDefaults } from '@wherry/trainer';
import { fingerprintOf, type TrainingOrigin } from './checkpoint-file.js';

const builder = new GraphBuilder('small');
const graph = builder.finish([builder.add('RELU', [builder.input('x', [1, 2], 'float32')], {}, { origin: 'relu' })]);
const sample = (value: number, truth?: number) => ({
  inputs: [Float32Array.of(value, 1)],
  truths: [truth === undefined ? undefined : Float32Array.of(truth)],
});
const origin: TrainingOrigin = {
  graph,
  teacher: graph,
  ranges: new Map([[0, { min: 0, max: 1 }]]),
  scheme: 'int8',
  settings: trainingDefaults,
  engine: 'tfjs-wasm',
  samples: [sample(1, 0), sample(2, 1)],
  heldBack: [sample(3, 1)],
  heads: [{ id: 1, kind: 'values', classes: 2, power: 1 }],
  formats: {
    activations: new Map(),
    weights: new Map([[0, { axis: 0, greatest: 127, magnitudes: [1, 2] }]]),
    biases: new Map(),
    constants: new Map(),
  },
};

it('is the same for the same', () => {
  expect(fingerprintOf({ ...origin, samples: [sample(1, 0), sample(2, 1)] })).toBe(fingerprintOf(origin));
});

it.each<[string, Partial<TrainingOrigin>]>([
  ['other samples of one file', { samples: [sample(1, 0), sample(2.5, 1)] }],
  ['fewer of them', { samples: [sample(1, 0)] }],
  ['other labels', { samples: [sample(1, 0), sample(2, 0)] }],
  ['a label that is not known', { samples: [sample(1, 0), sample(2)] }],
  ['others that are held back', { heldBack: [sample(4, 1)] }],
  ['another reading of the outputs', { heads: [{ id: 1, kind: 'softmax', classes: 2, power: 1 }] }],
  [
    'other magnitudes',
    { formats: { ...origin.formats, weights: new Map([[0, { axis: 0, greatest: 127, magnitudes: [1, 3] }]]) } },
  ],
  ['other settings', { settings: { ...trainingDefaults, seed: 2 } }],
])('is another for %s', (_, change) => {
  expect(fingerprintOf({ ...origin, ...change })).not.toBe(fingerprintOf(origin));
});
