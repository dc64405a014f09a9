// Faults of a motor by its sound: recordings of sound motors to calibrate with, of both kinds to evaluate on, an autoencoder as a Keras file.
import tf from '@tensorflow/tfjs-core';
import layers from '@tensorflow/tfjs-layers';
import { differentiableEngine } from '@wherry/engine-tfjs/differentiable';
import { wavBytes } from '../../packages/calibration-data/test/written-files.mjs';
import { fitModel } from '../networks/fit-model.mjs';
import { kerasH5 } from '../networks/save-keras-h5.mjs';
import { soundsDataset } from './sounds-dataset.mjs';
import { table } from './table.mjs';

const { rate, length, draw } = soundsDataset;
const window = 128;
/** As the preprocessing of the project has it: what a motor gives is about 1. */
const divisor = 8192;

const training = { recordings: 800, epochs: 25, batch: 64, rate: 0.004, loss: 'meanSquaredError' };
const seeds = { training: 41, calibration: 42, evaluation: 43, weights: 9 };
const counts = { calibration: 30, evaluation: 60, faulty: 30 };

export const machineSounds = {
  name: 'machine-sounds',
  data: () => {
    const evaluated = draw(counts.evaluation, seeds.evaluation, counts.faulty);
    const rows = [...evaluated.labels].map((label, i) => `${fileName(i)},${label}`);
    return new Map([
      ...recordings('sound-motors', draw(counts.calibration, seeds.calibration)),
      ...recordings('inspected-motors', evaluated),
      ['inspected-motors/index.csv', table('file,faulty', rows, (row) => row)],
    ]);
  },
  models: async (progress) => new Map([['machine-sounds.h5', await kerasH5(await trained(progress))]]),
};

async function trained(progress) {
  // Sets the backend, and brings the gradients that it lacks.
  await differentiableEngine('wasm');
  const { values } = draw(training.recordings, seeds.training);
  const model = network(seeds.weights);
  const x = tf.tensor(
    Float32Array.from(values, (value) => value / divisor),
    [values.length / window, window],
  );
  await fitModel(model, { x, y: x.clone() }, training, progress);
  return model;
}

function network(seed) {
  const { dense } = layers.layers;
  const drawn = (at) => ({ kernelInitializer: layers.initializers.glorotUniform({ seed: seed + at }) });
  return layers.sequential({
    name: 'machine_sounds',
    layers: [
      dense({ units: 48, activation: 'relu', inputShape: [window], ...drawn(0), name: 'waves' }),
      dense({ units: 20, ...drawn(1), name: 'code' }),
      dense({ units: 48, activation: 'relu', ...drawn(2), name: 'waves_again' }),
      dense({ units: window, ...drawn(3), name: 'sound' }),
    ],
  });
}

const fileName = (i) => `${String(i + 1).padStart(2, '0')}.wav`;

function recordings(folder, { values, labels }) {
  return [...labels].map((_, i) => [
    `${folder}/${fileName(i)}`,
    wavBytes([...values.subarray(i * length, (i + 1) * length)], { sampleRate: rate }),
  ]);
}
