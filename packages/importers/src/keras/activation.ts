// What `activation=` means: the name of a function, or a whole layer with settings of its own.
import type { TensorId } from '@wherry/graph';
import { activate } from './activation-functions.js';
import { activateByLayer, isActivationLayer, layerOfFunction } from './activation-layer.js';
import { entry, isObject, type Json } from './json.js';
import type { LayerCall } from './layer-definition.js';
import { isForeignFunction } from './own-class.js';
import { unsupportedOption } from './refuse.js';
import { setting } from './settings.js';

/** Applies the activation that `key` gives in the settings; none when it is left out. */
export function applyActivation(call: LayerCall, x: TensorId, key = 'activation'): TensorId {
  return applyValue(call, x, setting(call.settings, key) ?? 'linear');
}

/**
 * A text; a registered function, whose name stands in `config`; a layer object or a function with settings, which have
 * them in `config`.
 */
function applyValue(call: LayerCall, x: TensorId, value: Json): TensorId {
  if (typeof value === 'string') return activate(call, x, value);
  const className = isObject(value) ? entry(value, 'class_name') : undefined;
  const config = isObject(value) ? entry(value, 'config') : undefined;
  if (isObject(value) && typeof config === 'string') {
    if (isForeignFunction(value, config, call.kerasVersion)) return refuseForeign(call, config);
    return activate(call, x, config);
  }
  if (typeof className !== 'string') {
    return unsupportedOption(
      'its activation is given neither by name nor as a layer',
      call.settings.layer,
      'give the activation as a text such as "relu"',
    );
  }
  const values = isObject(config) ? config : {};
  if (className === 'Activation') return applyValue(call, x, entry(values, 'activation') ?? 'linear');
  const layer = isActivationLayer(className) ? className : layerOfFunction(className, values);
  if (layer === undefined) return activate(call, x, className);
  return activateByLayer({ ...call, settings: { layer: call.settings.layer, className: layer, values } }, x);
}

/** A function of the program may have the name of one of Keras and compute something else. */
function refuseForeign(call: LayerCall, name: string): never {
  return unsupportedOption(
    `its activation ${name} is a function of the program that saved the model, not Keras' own`,
    call.settings.layer,
    'give the activation by the name of one of Keras, such as activation="relu", and train the model again',
  );
}
