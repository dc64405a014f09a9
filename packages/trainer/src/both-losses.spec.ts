// What is brought down by each loss: what the float model gives, the truth, and half of each.
import * as tf from '@tensorflow/tfjs-core';
import { GraphBuilder } from '@wherry/graph';
import type { DifferentiableEngine } from './differentiable.js';
import { Session } from './session.js';
import { plainBackend } from './testing/plain-backend.js';
import { trainingDefaults, type LossName } from './training-settings.js';

beforeAll(plainBackend);

const builder = new GraphBuilder('one');
const graph = builder.finish([builder.add('RELU', [builder.input('x', [1, 1], 'float32')], {}, { origin: 'relu' })]);

/** The trained model gives 1, the float model 3, and the truth is 2. */
async function heldBackLoss(loss: LossName, truth: Float32Array | undefined): Promise<number> {
  const given = [1, 3];
  const differentiable = () => {
    const value = given.shift()!;
    return { run: () => [tf.tensor([[value]])], dispose: () => undefined };
  };
  const sample = { inputs: [Float32Array.of(0)], truths: [truth] };
  const task = {
    graph,
    unquantized: graph,
    teacher: graph,
    heads: [{ id: graph.outputs[0]!, kind: 'values', classes: 1, power: 1 }],
    formats: { activations: new Map(), weights: new Map(), biases: new Map(), constants: new Map() },
    ranges: new Map(),
    samples: [sample],
    heldBack: [sample],
  } as const;
  const engine = { name: 'given', tf, differentiable } as unknown as DifferentiableEngine;
  const session = new Session(engine, task, { ...trainingDefaults, loss });
  const { best } = await session.begin();
  session.dispose();
  return best.heldBack;
}

it.each([
  ['distillation', 4],
  ['labels', 1],
  ['both', 2.5],
] as const)('%s', async (loss, expected) => {
  expect(await heldBackLoss(loss, Float32Array.of(2))).toBeCloseTo(expected, 6);
  expect(await heldBackLoss(loss, undefined)).toBeCloseTo(4, 6);
});
