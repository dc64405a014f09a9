// Activations as layers of their own.
import { activateByLayer } from '../activation-layer.js';
import { applyActivation } from '../activation.js';
import type { LayerDefinition, LayerTable } from '../layer-definition.js';

const byLayer: LayerDefinition = { build: (call) => activateByLayer(call, call.inputs[0]!) };

export const activationLayers: LayerTable = {
  Activation: { build: (call) => applyActivation(call, call.inputs[0]!) },
  ReLU: byLayer,
  LeakyReLU: byLayer,
  Softmax: byLayer,
  ELU: byLayer,
};
