// Weights of a layer with an activation: what they should give is what passes it.
import type { Node } from '@wherry/graph';
import { randomValues } from '../testing/random-values.js';
import { layerWeights } from './layer-weights.js';

const [length, places] = [6, 400];
const weights = randomValues(length, 3);
const bias = 0.2;
const given = (patch: Float32Array): number => patch.reduce((sum, value, k) => sum + value * weights[k]!, bias);

/** Every other one is cut off; there, inputs go up and down against each other, and together where they pass. */
const patches = Array.from({ length: places }, (_, i) => {
  const isCut = i % 2 === 1;
  const [swing] = randomValues(1, 900 + i);
  return randomValues(length, 40 + i).map((value, k) => {
    const towards = (isCut ? -1 : 1) * weights[k]!;
    return towards + 0.1 * value + 2 * swing! * (isCut && k % 2 === 1 ? -1 : 1);
  });
});
const samples = patches.map((values) => ({ given: values, real: values }));

function integersFor(activation: 'NONE' | 'RELU', scale: number, tellsCut = true): ArrayLike<number> {
  const node = { kind: 'FULLY_CONNECTED', attributes: { activation } } as Partial<Node> as Node;
  const layer = { node, shape: [1, length], weights, bias: Float32Array.of(bias), axis: 0, channels: 1, run: length };
  const task = {
    layer,
    inputShape: [1, length],
    outputShape: [1, 1],
    quantization: { scale: [scale], zeroPoint: [0], axis: 0 },
    greatest: 7,
    optimized: true,
    clip: false,
    tellsCut,
    correctBias: true,
  };
  return layerWeights(task, samples).integers as Int8Array;
}

/** Mean square of what is off where the float layer's value passes RELU, in steps; means left out. */
function noiseOf(integers: ArrayLike<number>, scale: number): number {
  const errors = patches
    .filter((patch) => given(patch) > 0)
    .map((patch) => patch.reduce((sum, value, k) => sum + value * (integers[k]! - weights[k]! / scale), 0));
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length;
}

it('gives less noise where values pass the activation, at the cost of those that it cuts off', () => {
  const scales = Array.from({ length: 40 }, (_, i) => 0.14 + 0.005 * i);
  const noise = (activation: 'NONE' | 'RELU'): number =>
    scales.reduce((sum, scale) => sum + noiseOf(integersFor(activation, scale), scale), 0);
  expect(noise('RELU')).toBeLessThan(0.8 * noise('NONE'));
});

it('takes all places for such that pass where they are not to be told apart', () => {
  const scales = Array.from({ length: 10 }, (_, i) => 0.14 + 0.02 * i);
  const all = (activation: 'NONE' | 'RELU', tellsCut = true): number[][] =>
    scales.map((scale) => Array.from(integersFor(activation, scale, tellsCut)));
  expect(all('RELU', false)).toEqual(all('NONE'));
  expect(all('RELU')).not.toEqual(all('NONE'));
});
