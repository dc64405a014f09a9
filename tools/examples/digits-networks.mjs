// The networks of the digits: one of two convolutions and two dense layers, and a smaller one of a depthwise and a pointwise layer.
import layers from '@tensorflow/tfjs-layers';
import { digitsDataset } from '../networks/digits-dataset.mjs';

const { conv2d, dense, depthwiseConv2d, flatten, maxPooling2d, rescaling } = layers.layers;
const drawn = (seed) => layers.initializers.heNormal({ seed });
const toUnit = () => rescaling({ scale: 1 / 255, inputShape: digitsDataset.shape, name: 'to_unit' });
const classes = (seed) =>
  dense({ units: digitsDataset.labels.length, activation: 'softmax', kernelInitializer: drawn(seed), name: 'digit' });
const common = { padding: 'same', activation: 'relu' };
const halving = { ...common, kernelSize: 3, strides: 2 };

/** @type {import('../networks/train-network.mjs').Network} */
export const digitsNetwork = {
  name: 'digits',
  dataset: digitsDataset,
  training: { samples: 8000, epochs: 12, batch: 32, rate: 0.004 },
  build: (seed) =>
    layers.sequential({
      name: 'digits',
      layers: [
        toUnit(),
        conv2d({ ...halving, filters: 8, kernelInitializer: drawn(seed), name: 'edges' }),
        conv2d({ ...halving, filters: 16, kernelInitializer: drawn(seed + 1), name: 'strokes' }),
        flatten({ name: 'flatten' }),
        dense({ units: 24, activation: 'relu', kernelInitializer: drawn(seed + 2), name: 'forms' }),
        classes(seed + 3),
      ],
    }),
};

/** What it holds in memory at once rises and falls, so that a memory plan made beforehand is smaller than one made on the device. */
export const smallDigitsNetwork = {
  name: 'digits-small',
  dataset: digitsDataset,
  training: { samples: 8000, epochs: 12, batch: 32, rate: 0.008 },
  operators: ['edges', 'strokes', 'forms', 'pool', 'digit', 'probabilities'],
  build: (seed) =>
    layers.sequential({
      name: 'digits_small',
      layers: [
        toUnit(),
        conv2d({ ...halving, filters: 3, kernelSize: 5, kernelInitializer: drawn(seed), name: 'edges' }),
        depthwiseConv2d({ ...common, kernelSize: 5, depthwiseInitializer: drawn(seed + 1), name: 'strokes' }),
        conv2d({ ...common, filters: 6, kernelSize: 1, kernelInitializer: drawn(seed + 2), name: 'forms' }),
        maxPooling2d({ poolSize: 2, name: 'pool' }),
        flatten({ name: 'flatten' }),
        classes(seed + 3),
      ],
    }),
};
