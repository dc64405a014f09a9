// The sine of an angle, learnt from noisy measurements: tables to calibrate with and to evaluate on, a float TensorFlow Lite file.
import layers from '@tensorflow/tfjs-layers';
import tf from '@tensorflow/tfjs-core';
import { differentiableEngine } from '@wherry/engine-tfjs/differentiable';
import { fitModel } from '../networks/fit-model.mjs';
import { normalStream, randomStream } from '../networks/random.mjs';
import { kerasH5 } from '../networks/save-keras-h5.mjs';
import { convertedTflite } from './converted-tflite.mjs';
import { table } from './table.mjs';

const training = { samples: 2048, epochs: 200, batch: 64, rate: 0.01, loss: 'meanSquaredError' };
const noise = 0.05;
const counts = { calibration: 200, evaluation: 361 };
const names = ['bends', 'curve', 'sine'];
const seeds = { training: 21, calibration: 22, weights: 5 };

/** Angles of a turn and a little more, so that the ranges made from them reach to its end; in no order. */
const angles = (count, random) => Float32Array.from({ length: count }, () => 6.4 * random());

export const sine = {
  name: 'sine',
  data: () => {
    const asked = angles(counts.calibration, randomStream(seeds.calibration));
    const degrees = Array.from({ length: counts.evaluation }, (_, degree) => (degree * Math.PI) / 180);
    return new Map([
      ['angles.csv', table('angle', asked, (angle) => angle.toFixed(5))],
      ['sines.csv', table('angle,sine', degrees, (angle) => `${angle.toFixed(6)},${Math.sin(angle).toFixed(6)}`)],
    ]);
  },
  models: async (progress) => {
    const settings = { profile: 'host-reference', scheme: 'float32' };
    return new Map([['sine.tflite', await convertedTflite(await kerasH5(await trained(progress)), names, settings)]]);
  },
};

async function trained(progress) {
  // Sets the backend, and brings the gradients that it lacks.
  await differentiableEngine('wasm');
  const random = randomStream(seeds.training);
  const normal = normalStream(random);
  const x = angles(training.samples, random);
  const y = x.map((angle) => Math.sin(angle) + noise * normal());
  const model = network(seeds.weights);
  await fitModel(model, { x: tf.tensor(x, [x.length, 1]), y: tf.tensor(y, [y.length, 1]) }, training, progress);
  return model;
}

function network(seed) {
  const { dense } = layers.layers;
  const drawn = (at) => ({ kernelInitializer: layers.initializers.heNormal({ seed: seed + at }) });
  // Bends that stand at different angles from the start; from 0 half of them would never be reached.
  const spread = layers.initializers.randomUniform({ minval: -3, maxval: 3, seed });
  const [bends, curve, sum] = names;
  return layers.sequential({
    name: 'sine',
    layers: [
      dense({ units: 16, activation: 'relu', inputShape: [1], ...drawn(0), biasInitializer: spread, name: bends }),
      dense({ units: 16, activation: 'relu', ...drawn(1), name: curve }),
      dense({ units: 1, ...drawn(2), name: sum }),
    ],
  });
}
