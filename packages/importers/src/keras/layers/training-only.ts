// Layers that do something during training only: at inference they pass their input on.
import type { LayerDefinition, LayerTable } from '../layer-definition.js';

const passOn: LayerDefinition = { build: (call) => call.inputs[0]! };

/** Names of Keras 2 and 3. Not among them: AutoContrast and RandomCrop, which work at inference too. */
const NAMES = [
  'ActivityRegularization',
  'AlphaDropout',
  'AugMix',
  'CutMix',
  'Dropout',
  'GaussianDropout',
  'GaussianNoise',
  'Identity',
  'MixUp',
  'RandAugment',
  'RandomBrightness',
  'RandomColorDegeneration',
  'RandomColorJitter',
  'RandomContrast',
  'RandomElasticTransform',
  'RandomErasing',
  'RandomFlip',
  'RandomGaussianBlur',
  'RandomGrayscale',
  'RandomHeight',
  'RandomHue',
  'RandomInvert',
  'RandomPerspective',
  'RandomPosterization',
  'RandomRotation',
  'RandomSaturation',
  'RandomSharpness',
  'RandomShear',
  'RandomTranslation',
  'RandomWidth',
  'RandomZoom',
  'Solarization',
  'SpatialDropout1D',
  'SpatialDropout2D',
] as const;

export const trainingOnlyLayers: LayerTable = Object.fromEntries(NAMES.map((name) => [name, passOn]));
