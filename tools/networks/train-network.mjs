// Trains a network from a seed: weights, data and their order follow from it, so that the same seed gives the same network.
import tf from '@tensorflow/tfjs-core';
import { differentiableEngine } from '@wherry/engine-tfjs/differentiable';
import { fitModel } from './fit-model.mjs';

/**
 * @typedef {object} Dataset
 * @property {string} name
 * @property {readonly number[]} shape of a sample
 * @property {readonly string[]} labels names of the classes
 * @property {(count: number, seed: number) => { values: Uint8Array | Float32Array, labels: Uint8Array }} draw
 *
 * @typedef {object} Network
 * @property {string} name what its file is called after
 * @property {Dataset} dataset
 * @property {(seed: number) => tf.LayersModel} build untrained
 * @property {{ samples: number, epochs: number, batch: number, rate: number }} training `rate`: of Adam, falls to zero as a cosine
 */

/**
 * @param {Network} network
 * @param {number} seed of the weights
 * @param {{ values: Uint8Array | Float32Array, labels: Uint8Array }} samples to train on
 * @param {{ progress?: (epoch: number, epochs: number, accuracy: number) => void, engine?: 'wasm' | 'node' }} [options]
 *   `progress` is told after each epoch; weights differ in their last bits between engines
 * @returns the trained tf.LayersModel
 */
export async function trainNetwork({ dataset, build, training }, seed, samples, { progress, engine = 'wasm' } = {}) {
  // Sets the backend, and brings the gradients that it lacks.
  await differentiableEngine(engine);
  const model = build(seed);
  const count = samples.labels.length;
  const x = tf.tensor(Float32Array.from(samples.values), [count, ...dataset.shape]);
  const y = tf.oneHot(tf.tensor1d(Int32Array.from(samples.labels), 'int32'), dataset.labels.length);
  const classes = { loss: 'categoricalCrossentropy', metric: 'accuracy' };
  await fitModel(model, { x, y }, { ...training, ...classes }, progress);
  return model;
}
