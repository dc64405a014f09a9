// Networks of depthwise and pointwise layers with batch normalization, as MobileNet (Howard et al. 2017) has them, but small.
import layers from '@tensorflow/tfjs-layers';
import { digitsDataset } from './digits-dataset.mjs';
import { keywordsDataset } from './keywords-dataset.mjs';
import { texturesDataset } from './textures-dataset.mjs';

const { activation, batchNormalization, conv2d, dense, depthwiseConv2d, globalAveragePooling2d, rescaling } =
  layers.layers;

const normed = (layer, name) => [
  layer,
  batchNormalization({ name: `${name}_norm`, momentum: 0.9 }),
  activation({ activation: 'relu', name: `${name}_relu` }),
];

/**
 * @param {{ name: string, dataset: object, scaling: { scale: number, offset?: number }, stem: number,
 *   blocks: readonly { filters: number, strides: number }[], training: object }} network
 *   `stem`: filters of the first layer, which halves the picture
 */
function depthwiseNetwork({ name, dataset, scaling, stem, blocks, training }) {
  return {
    name,
    dataset,
    training,
    build: (seed) => {
      let count = 0;
      // He et al. 2015, for layers with ReLU.
      const drawn = () => layers.initializers.heNormal({ seed: 100 * seed + count++ });
      const convolution = (given) => conv2d({ padding: 'same', useBias: false, kernelInitializer: drawn(), ...given });
      return layers.sequential({
        name: name.replaceAll('-', '_'),
        layers: [
          rescaling({ ...scaling, inputShape: dataset.shape, name: 'to_unit' }),
          ...normed(convolution({ filters: stem, kernelSize: 3, strides: 2, name: 'stem' }), 'stem'),
          ...blocks.flatMap(({ filters, strides }, i) => [
            ...normed(
              depthwiseConv2d({
                kernelSize: 3,
                strides,
                padding: 'same',
                useBias: false,
                depthwiseInitializer: drawn(),
                name: `depthwise_${i + 1}`,
              }),
              `depthwise_${i + 1}`,
            ),
            ...normed(convolution({ filters, kernelSize: 1, name: `pointwise_${i + 1}` }), `pointwise_${i + 1}`),
          ]),
          globalAveragePooling2d({ name: 'mean' }),
          dense({ units: dataset.labels.length, activation: 'softmax', kernelInitializer: drawn(), name: 'classes' }),
        ],
      });
    },
  };
}

const training = { samples: 3000, epochs: 6, batch: 32, rate: 0.01 };

/** As MobileNet goes on: more channels where the picture halves, and layers between that keep both; as narrow as RAM is small. */
const blocks = [
  { filters: 8, strides: 1 },
  { filters: 12, strides: 2 },
  { filters: 12, strides: 1 },
  { filters: 16, strides: 2 },
  { filters: 16, strides: 1 },
  { filters: 16, strides: 1 },
];

export const depthwiseNetworks = [
  { name: 'digits-depthwise', dataset: digitsDataset, scaling: { scale: 1 / 127.5, offset: -1 } },
  { name: 'keywords-depthwise', dataset: keywordsDataset, scaling: { scale: 1 / 4 } },
  { name: 'textures-depthwise', dataset: texturesDataset, scaling: { scale: 1 / 127.5, offset: -1 } },
].map((network) => depthwiseNetwork({ ...network, stem: 8, blocks, training }));
