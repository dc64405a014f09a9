// Every model of ../shared that is compiled from integers: those that others quantized, and what this tool makes of float ones.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { operatorOf, type Graph } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import {
  attempt,
  deployHost,
  noProgress,
  readProfileFolder,
  requestOf,
  type DeploySettings,
  type Deployment,
} from '@wherry/pipeline';
import { sharedFolder, sharedPath } from '../testing/src/index.js';

export interface SharedNetwork {
  readonly name: string;
  readonly settings: DeploySettings;
}

/** Why quantized models of others are not compiled: the code that they are refused with. */
export const refusedModels: Readonly<Record<string, string>> = {
  // Weights of a scale for each channel that are made real, activations of uint8, real activations times integer weights.
  'ai-edge-quantizer/insert_dequant_test.tflite': 'PROFILE_TYPES_UNSUPPORTED',
  'ai-edge-quantizer/mnist_quantized.tflite': 'PROFILE_TYPES_UNSUPPORTED',
  'ai-edge-quantizer/partly_quantized_mnist.tflite': 'PROFILE_TYPES_UNSUPPORTED',
  'tflite-support/automl_labeler_model.tflite': 'PROFILE_TYPES_UNSUPPORTED',
  'tflite-support/mobilenet_v1_0.25_224_quant_without_subgraph_metadata.tflite': 'PROFILE_TYPES_UNSUPPORTED',
};

/** Models of others with values of 8 or 16 bits, in the order of their names. */
export function quantizedModels(): readonly string[] {
  if (!existsSync(sharedFolder())) return [];
  const names = readdirSync(sharedPath('models'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.tflite') && isQuantized(name)).sort();
}

/** One that cannot be imported is refused by every command; the importers' own tests name each. */
function isQuantized(name: string): boolean {
  const graph = imported(name);
  if (graph === undefined) return false;
  return graph.nodes.some((node) => {
    if (operatorOf(node.kind).traits.movesDataOnly === true && graph.nodes.length > 1) return false;
    return node.outputs.some((id) => ['int8', 'int16', 'uint8'].includes(graph.tensors[id]!.dtype));
  });
}

function imported(name: string): Graph | undefined {
  try {
    return importModel(readFileSync(sharedPath('models', name))).graph;
  } catch {
    return undefined;
  }
}

export const thirdPartyNetworks: readonly SharedNetwork[] = quantizedModels()
  .filter((name) => refusedModels[name] === undefined)
  .map((name) => ({ name, settings: { model: sharedPath('models', name) } }));

const cifar = { calibration: 'cifar10:data/cifar10/dev_calib300_train.bin' };
const digits = { calibration: 'data/mnist/dev5000-images-idx3-ubyte.gz', preprocess: ['divideBy=255'] };
const hands = { calibration: 'csv:data/hand-gesture/keypoint.csv?label=0' };
const photos = { calibration: 'folder:data/coco128/val2017', preprocess: ['resize=96x96', 'divideBy=255'] };
const sounds = {
  calibration: 'raw:data/ad01-mlperf/dev_calib12_f32_200x128.bin?dtype=float32&shape=200x128&window=5&stride=1',
};
const words = {
  calibration:
    'raw:data/kws01-mlperf/dev400_mfcc_i8_49x10.bin?dtype=int8&shape=49x10x1&scale=0.584703&zeroPoint=83&labels=dev400_mfcc_i8_49x10.csv&labelColumn=label',
};

/** Float models with the data that is theirs, the least work first. */
const floatModels: readonly (readonly [model: string, data: Pick<DeploySettings, 'calibration' | 'preprocess'>])[] = [
  ['hand-gesture/keypoint_classifier.hdf5', hands],
  ['hand-gesture/keypoint_classifier.tflite', hands],
  ['tinymaix/mnist_arduino.h5', digits],
  ['tinymaix/mnist_dw.h5', digits],
  ['tinymaix/mnist_dw_f.tflite', digits],
  ['tinymaix/mnist_fc.h5', digits],
  ['tinymaix/mnist_rect.h5', digits],
  ['tinymaix/mnist_same.h5', digits],
  ['tinymaix/mnist_valid.h5', digits],
  ['tinymaix/mnist_valid_f.tflite', digits],
  ['ai-edge-quantizer/conv_fc_mnist.tflite', digits],
  ['mlperf-tiny/ad01/ad01.h5', sounds],
  ['mlperf-tiny/ad01/ad01_fp32.tflite', sounds],
  ['mlperf-tiny/kws01/kws_float.h5', words],
  ['tinymaix/mbnet96_0.25.h5', photos],
  ['tinymaix/mbnet96_0.25_f.tflite', photos],
  ['mlperf-tiny/ic01/pretrainedResnet.h5', cifar],
  ['mlperf-tiny/ic01/pretrainedResnet.tflite', cifar],
];

/** What is quantized does not depend on how well it is done: the methods that take no time. */
const quick = {
  samples: 20,
  method: 'min-max',
  biasCorrection: false,
  equalization: false,
  rounding: 'nearest',
  weightClipping: false,
} as const;

export const ownNetworks: readonly SharedNetwork[] = floatModels.flatMap(([model, data]) =>
  (['int8', 'int16x8', 'int4'] as const).map((scheme) => ({
    name: `${model} in ${scheme}`,
    settings: {
      ...quick,
      ...data,
      calibration: data.calibration!.replace('data/', `${sharedPath('data')}/`),
      model: sharedPath('models', model),
      scheme,
    },
  })),
);

/** As it is compiled for a microcontroller. Throws what it is refused for. */
export async function networkGraph({ settings }: SharedNetwork): Promise<Graph> {
  const { deployment, refused } = await attempt(
    requestOf({ ...settings, profile: 'stm32h7', runtime: 'compiled-c' }, ['model', 'profile']),
    await readProfileFolder(),
    deployHost(),
    noProgress,
  );
  if (deployment === undefined) throw refused.refusal;
  return (deployment satisfies Deployment).quantized.graph;
}
