// Small networks of depthwise and other convolutions with batch normalization, as microcontrollers have them.
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
 * A layer of the body.
 * @typedef {{ kind: 'depthwise', outputs: number } | { kind: 'conv', filters: number, kernelSize: number, strides: number }} Layer
 *   `outputs`: of each channel
 *
 * @param {{ name: string, dataset: object, scaling: { scale: number }, stem: number, body: readonly Layer[], training: object }} network
 *   `stem`: filters of the first layer, which halves the picture
 */
function depthwiseNetwork({ name, dataset, scaling, stem, body, training }) {
  return {
    name,
    dataset,
    training,
    build: (seed) => {
      let count = 0;
      // He et al. 2015, for layers with ReLU.
      const drawn = () => layers.initializers.heNormal({ seed: 100 * seed + count++ });
      const common = { padding: 'same', useBias: false };
      const make = {
        conv: ({ filters, kernelSize, strides }, name) =>
          conv2d({ ...common, filters, kernelSize, strides, kernelInitializer: drawn(), name }),
        depthwise: ({ outputs }, name) =>
          depthwiseConv2d({ ...common, kernelSize: 3, depthMultiplier: outputs, depthwiseInitializer: drawn(), name }),
      };
      const first = { kind: 'conv', filters: stem, kernelSize: 3, strides: 2 };
      return layers.sequential({
        name: name.replaceAll('-', '_'),
        layers: [
          rescaling({ ...scaling, inputShape: dataset.shape, name: 'to_unit' }),
          ...[first, ...body].flatMap((layer, i) =>
            normed(make[layer.kind](layer, `${layer.kind}_${i + 1}`), `${layer.kind}_${i + 1}`),
          ),
          globalAveragePooling2d({ name: 'mean' }),
          dense({ units: dataset.labels.length, activation: 'softmax', kernelInitializer: drawn(), name: 'classes' }),
        ],
      });
    },
  };
}

const training = { samples: 3000, epochs: 12, batch: 64, rate: 0.01 };

/**
 * As small networks for digits on microcontrollers are: a stem of a few channels, a depthwise layer over them, a convolution that
 * halves the picture, and a depthwise layer of two outputs a channel before the mean. What hurts 4 bits is what hurts them in the
 * field: all that is seen goes through four filters of nine weights, inputs are not centred, so that weights that are all rounded
 * alone move every output the same way, and the mean over many places takes out noise but not that.
 */
const body = [
  { kind: 'depthwise', outputs: 1 },
  { kind: 'conv', filters: 16, kernelSize: 3, strides: 2 },
  { kind: 'depthwise', outputs: 2 },
];

export const depthwiseNetworks = [
  { name: 'digits-depthwise', dataset: scannedDigitsDataset, scaling: { scale: 1 / 255 } },
  { name: 'keywords-depthwise', dataset: loudKeywordsDataset, scaling: { scale: 1 / 24 } },
  { name: 'textures-depthwise', dataset: dimTexturesDataset, scaling: { scale: 1 / 255 } },
].map((network) => depthwiseNetwork({ ...network, stem: 4, body, training }));
