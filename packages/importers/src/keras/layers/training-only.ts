// Layers that do something during training only: at inference they pass their input on.
import type { LayerDefinition, LayerTable } from '../layer-definition.js';

const passOn: LayerDefinition = { build: (call) => call.inputs[0]! };

export const trainingOnlyLayers: LayerTable = {
  ActivityRegularization: passOn,
  AlphaDropout: passOn,
  Dropout: passOn,
  GaussianDropout: passOn,
  GaussianNoise: passOn,
  Identity: passOn,
  RandomBrightness: passOn,
  RandomContrast: passOn,
  RandomFlip: passOn,
  RandomRotation: passOn,
  RandomTranslation: passOn,
  RandomZoom: passOn,
  SpatialDropout1D: passOn,
  SpatialDropout2D: passOn,
};
