// Activations that have settings: as layers of their own, and as the `activation=` of another layer.
import type { TensorId } from '@wherry/graph';
import { softmax } from './activation-functions.js';
import { isList, type JsonObject } from './json.js';
import type { LayerCall } from './layer-definition.js';
import { rectify } from './rectify.js';
import { unsupportedOption } from './refuse.js';
import { booleanSetting, numberSetting, optionalNumber, setting } from './settings.js';
import { elu } from './smooth-activations.js';

type Build = (call: LayerCall, x: TensorId) => TensorId;

const LAYERS: Readonly<Record<string, Build>> = {
  ReLU: (call, x) => {
    const { graph, settings } = call;
    if (numberSetting(settings, 'threshold', 0) !== 0) {
      unsupportedOption(
        'a rectifier with a threshold cannot be imported',
        settings.layer,
        'use threshold=0 and train the model again',
      );
    }
    // Keras' function calls alpha what its layer calls negative_slope.
    const slope = optionalNumber(settings, 'negative_slope') ?? numberSetting(settings, 'alpha', 0);
    return rectify(graph, x, { slope, max: optionalNumber(settings, 'max_value') });
  },
  LeakyReLU: (call, x) => {
    // Keras 3 renamed alpha.
    const slope = optionalNumber(call.settings, 'negative_slope') ?? numberSetting(call.settings, 'alpha', 0.3);
    return rectify(call.graph, x, { slope, max: undefined });
  },
  Softmax: (call, x) => {
    const value = setting(call.settings, 'axis') ?? -1;
    const axis = isList(value) && value.length === 1 ? value[0]! : value;
    if (typeof axis !== 'number')
      return unsupportedOption('softmax along several axes', call.settings.layer, 'use axis=-1');
    return softmax(call.graph, x, axis);
  },
  ELU: (call, x) => elu(call.graph, x, numberSetting(call.settings, 'alpha', 1)),
  /** No layer of Keras, but the function with a setting. */
  Gelu: ({ graph, settings }, x) =>
    graph.add('GELU', [x], { approximate: booleanSetting(settings, 'approximate', false) }),
  ThresholdedReLU: (call) =>
    unsupportedOption(
      'the activation ThresholdedReLU cannot be imported',
      call.settings.layer,
      'use relu, or a LeakyReLU layer as the activation, and train the model again',
    ),
};

/** The layer that does what a function does when it is called with settings. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  relu: 'ReLU',
  leaky_relu: 'LeakyReLU',
  softmax: 'Softmax',
  elu: 'ELU',
  gelu: 'Gelu',
};

export function isActivationLayer(className: string): boolean {
  return Object.hasOwn(LAYERS, className);
}

/** Without settings, a function has defaults of its own. */
export function layerOfFunction(name: string, settings: JsonObject): string | undefined {
  return Object.keys(settings).length > 0 && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

/** Applies the activation whose class and settings `call` carries. */
export function activateByLayer(call: LayerCall, x: TensorId): TensorId {
  return LAYERS[call.settings.className]!(call, x);
}
