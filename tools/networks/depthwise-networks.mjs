// Networks of depthwise and pointwise layers with batch normalization, as MobileNet (Howard et al. 2017) has them, but small.
import layers from '@tensorflow/tfjs-layers';
import { dimTexturesDataset } from './dim-textures-dataset.mjs';
import { loudKeywordsDataset } from './loud-keywords-dataset.mjs';
import { scannedDigitsDataset } from './scanned-digits-dataset.mjs';

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

const training = { samples: 3000, epochs: 8, batch: 64, rate: 0.01 };

/**
 * As narrow as RAM is small, and one layer behind the other at one size, as MobileNet has them in its middle. What hurts 4 bits
 * is what hurts them in the field: inputs are not centred, the mean of what a layer reads is large beside what tells classes
 * apart, so that weights that are all rounded alone move every output the same way, layer upon layer, and the mean over many
 * places takes out noise but not that.
 */
const blocks = [
  { filters: 8, strides: 1 },
  { filters: 12, strides: 2 },
  { filters: 12, strides: 1 },
  { filters: 12, strides: 1 },
  { filters: 12, strides: 1 },
  { filters: 12, strides: 1 },
  { filters: 12, strides: 1 },
];

export const depthwiseNetworks = [
  { name: 'digits-depthwise', dataset: scannedDigitsDataset, scaling: { scale: 1 / 255 } },
  { name: 'keywords-depthwise', dataset: loudKeywordsDataset, scaling: { scale: 1 / 24 } },
  { name: 'textures-depthwise', dataset: dimTexturesDataset, scaling: { scale: 1 / 255 } },
].map((network) => depthwiseNetwork({ ...network, stem: 8, blocks, training }));
