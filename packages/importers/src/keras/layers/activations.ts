// Activations as layers of their own.
import { applyActivation, activate, rectify, softmax } from '../activation.js';
import { isList } from '../json.js';
import type { LayerTable } from '../layer-definition.js';
import { unsupportedOption } from '../refuse.js';
import { numberSetting, optionalNumber, setting } from '../settings.js';

export const activationLayers: LayerTable = {
  Activation: { build: (call) => applyActivation(call, call.inputs[0]!) },
  ReLU: {
    build: (call) => {
      const { graph, settings } = call;
      if (numberSetting(settings, 'threshold', 0) !== 0) {
        unsupportedOption(
          'a rectifier with a threshold cannot be imported',
          settings.layer,
          'use threshold=0 and train the model again',
        );
      }
      return rectify(graph, call.inputs[0]!, {
        slope: numberSetting(settings, 'negative_slope', 0),
        max: optionalNumber(settings, 'max_value'),
      });
    },
  },
  LeakyReLU: {
    build: (call) => {
      // Keras 3 renamed alpha.
      const slope = optionalNumber(call.settings, 'negative_slope') ?? numberSetting(call.settings, 'alpha', 0.3);
      return rectify(call.graph, call.inputs[0]!, { slope, max: undefined });
    },
  },
  Softmax: {
    build: (call) => {
      const value = setting(call.settings, 'axis') ?? -1;
      const axis = isList(value) && value.length === 1 ? value[0]! : value;
      if (typeof axis !== 'number')
        return unsupportedOption('softmax along several axes', call.settings.layer, 'use axis=-1');
      return softmax(call.graph, call.inputs[0]!, axis);
    },
  },
  ELU: { build: (call) => activate(call, call.inputs[0]!, 'elu') },
};
