// Which weights a training leaves at zero: those of the float model, not those that its integers round off.
import * as tf from '@tensorflow/tfjs-core';
import { GraphBuilder, type Graph } from '@wherry/graph';
import { Session } from './session.js';
import { plainBackend } from './testing/plain-backend.js';
import { trainingDefaults } from './training-settings.js';

beforeAll(plainBackend);

function dense(weights: readonly number[]): Graph {
  const builder = new GraphBuilder('dense');
  const input = builder.input('x', [1, 4], 'float32');
  const matrix = builder.constant('w', [1, 4], Float32Array.from(weights), 'float32');
  const bias = builder.constant('b', [1], Float32Array.of(0.5), 'float32');
  return builder.finish([builder.add('FULLY_CONNECTED', [input, matrix, bias], {}, { origin: 'dense' })]);
}

const idle = { name: 'idle', tf, differentiable: () => ({ run: () => [], dispose: () => undefined }) };

it.each([{ keepZeros: true }, { sparsity: 0.5 }])('of %j', async (asked) => {
  const unquantized = dense([0, 0.01, 0.5, 1]);
  const matrix = unquantized.tensors.findIndex(({ name }) => name === 'w');
  const task = {
    graph: dense([0, 0, 0.5, 1]),
    unquantized,
    teacher: unquantized,
    heads: [],
    formats: {
      activations: new Map(),
      weights: new Map([[matrix, { axis: null, greatest: 7, magnitudes: [1] }]]),
      biases: new Map(),
      constants: new Map(),
    },
    ranges: new Map(),
    samples: [],
    heldBack: [],
  };
  const session = new Session(idle, task, { ...trainingDefaults, ...asked });
  const { masks } = await session.values();
  session.dispose();
  expect(masks.map(({ values }) => [...values])).toEqual([[0, 1, 1, 1]]);
});
