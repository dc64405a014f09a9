// Networks that everybody trains first: digits of 28 x 28 pixels by dense layers, and by a convolution.
import layers from '@tensorflow/tfjs-layers';
import { digitsDataset } from './digits-dataset.mjs';

const { rescaling, flatten, dense, conv2d, maxPooling2d } = layers.layers;
const drawn = (seed) => layers.initializers.glorotUniform({ seed });
const toUnit = () => rescaling({ scale: 1 / 255, inputShape: digitsDataset.shape, name: 'to_unit' });
const classes = (seed) =>
  dense({ units: digitsDataset.labels.length, activation: 'softmax', kernelInitializer: drawn(seed), name: 'classes' });

/** Two dense layers, 101,770 parameters. */
export const digitsDense = {
  name: 'digits-dense',
  dataset: digitsDataset,
  training: { samples: 4000, epochs: 8, batch: 32, rate: 0.003 },
  build: (seed) =>
    layers.sequential({
      name: 'digits_dense',
      layers: [
        toUnit(),
        flatten({ name: 'flatten' }),
        dense({ units: 128, activation: 'relu', kernelInitializer: drawn(seed), name: 'hidden' }),
        classes(seed + 1),
      ],
    }),
};

/** A convolution, a pool and a dense layer, 13,610 parameters. */
export const digitsConvolution = {
  name: 'digits-convolution',
  dataset: digitsDataset,
  training: { samples: 4000, epochs: 5, batch: 32, rate: 0.005 },
  build: (seed) =>
    layers.sequential({
      name: 'digits_convolution',
      layers: [
        toUnit(),
        conv2d({ filters: 8, kernelSize: 3, activation: 'relu', kernelInitializer: drawn(seed), name: 'strokes' }),
        maxPooling2d({ poolSize: 2, name: 'pool' }),
        flatten({ name: 'flatten' }),
        classes(seed + 1),
      ],
    }),
};
