// Gestures of a hand: tables of an accelerometer's moments, and a Keras file of convolutions over time.
import layers from '@tensorflow/tfjs-layers';
import { kerasH5 } from '../networks/save-keras-h5.mjs';
import { trainNetwork } from '../networks/train-network.mjs';
import { gesturesDataset } from './gestures-dataset.mjs';
import { table } from './table.mjs';

const { conv1d, dense, globalAveragePooling1d } = layers.layers;
const drawn = (seed) => ({ kernelInitializer: layers.initializers.heNormal({ seed }) });
const halving = { strides: 2, padding: 'same', activation: 'relu' };
const { shape, labels, draw } = gesturesDataset;
const [moments, axes] = shape;

const network = {
  name: 'gestures',
  dataset: gesturesDataset,
  training: { samples: 4000, epochs: 15, batch: 32, rate: 0.005 },
  build: (seed) =>
    layers.sequential({
      name: 'gestures',
      layers: [
        conv1d({ ...halving, filters: 12, kernelSize: 5, inputShape: shape, ...drawn(seed), name: 'jolts' }),
        conv1d({ ...halving, filters: 16, kernelSize: 5, ...drawn(seed + 1), name: 'swings' }),
        conv1d({ ...halving, filters: 24, kernelSize: 5, ...drawn(seed + 2), name: 'motions' }),
        globalAveragePooling1d({ name: 'mean' }),
        dense({ units: labels.length, activation: 'softmax', ...drawn(seed + 3), name: 'gesture' }),
      ],
    }),
};

const seeds = { training: 31, calibration: 32, evaluation: 33, weights: 7 };
const counts = { calibration: 100, evaluation: 200 };

export const gestures = {
  name: 'gestures',
  data: () =>
    new Map([
      ['moments.csv', momentsTable(draw(counts.calibration, seeds.calibration))],
      ['moments-test.csv', momentsTable(draw(counts.evaluation, seeds.evaluation))],
    ]),
  models: async (progress) => {
    const samples = draw(network.training.samples, seeds.training);
    // In g, as the preprocessing of the project gives them.
    const inG = { ...samples, values: Float32Array.from(samples.values, (value) => value / 1000) };
    return new Map([['gestures.h5', await kerasH5(await trainNetwork(network, seeds.weights, inG, { progress }))]]);
  },
};

/** A row for each moment; where the gesture changes another recording begins. */
function momentsTable({ values, labels: classes }) {
  return table(
    'x,y,z,gesture',
    Array.from({ length: classes.length * moments }, (_, row) => row),
    (row) => [...values.subarray(row * axes, (row + 1) * axes), labels[classes[Math.floor(row / moments)]]].join(','),
  );
}
