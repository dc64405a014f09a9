// The list of all Keras layers that can be imported: one entry per class name.
import type { LayerDefinition, LayerTable } from '../layer-definition.js';
import type { LayerConfig } from '../model-config.js';
import { dangerousLayer, unsupportedLayer, unsupportedOption } from '../refuse.js';
import { setting, stringSetting, type Settings } from '../settings.js';
import { activationLayers } from './activations.js';
import { convolutionLayers } from './convolution.js';
import { denseLayers } from './dense.js';
import { mergingLayers } from './merging.js';
import { normalizationLayers } from './normalization.js';
import { operationOf } from './operations.js';
import { poolingLayers } from './pooling.js';
import { dangerousLayers, unsupportedLayers } from './refused.js';
import { resamplingLayers } from './resampling.js';
import { reshapingLayers } from './reshaping.js';
import { trainingOnlyLayers } from './training-only.js';

const layers: LayerTable = {
  ...activationLayers,
  ...convolutionLayers,
  ...denseLayers,
  ...mergingLayers,
  ...normalizationLayers,
  ...poolingLayers,
  ...resamplingLayers,
  ...reshapingLayers,
  ...trainingOnlyLayers,
  // Built by the model itself; listed so that it counts as known.
  InputLayer: { build: (call) => call.inputs[0]! },
};

/** Class names that import, sorted. */
export const kerasLayerNames: readonly string[] = Object.keys(layers).sort();

export function settingsOf(layer: LayerConfig, path: string): Settings {
  return { layer: path, className: layer.className, values: layer.values };
}

const OPERATION_MODULE = /^keras\.(src\.)?ops\./;

/**
 * Keras 3 names some operations like layers (Add, Multiply, Softmax). In .h5 files, which name no module, only the layer
 * has the setting `trainable`.
 */
function isOperation(layer: LayerConfig): boolean {
  if (layer.className === 'TFOpLambda' || OPERATION_MODULE.test(layer.module)) return true;
  return layer.module === '' && !Object.hasOwn(layer.values, 'trainable') && operationOf(layer.className) !== undefined;
}

/** The definition of a layer; refuses by name what is unknown or carries code. */
export function definitionOf(layer: LayerConfig, path: string): LayerDefinition {
  const { className } = layer;
  const settings = settingsOf(layer, path);
  refuseChannelsFirst(settings);
  if (isOperation(layer)) {
    const name = className === 'TFOpLambda' ? stringSetting(settings, 'function', '') : className;
    return (
      operationOf(name) ??
      unsupportedLayer(
        `the operation ${name} cannot be imported`,
        path,
        'replace it by layers such as Add, Multiply, Rescaling or Activation',
      )
    );
  }
  const known = own(layers, className);
  if (known !== undefined) return known;
  const dangerous = own(dangerousLayers, className);
  if (dangerous !== undefined)
    return dangerousLayer(
      `a layer of the class ${className} carries code or data from outside of the model`,
      path,
      dangerous,
    );
  const next =
    own(unsupportedLayers, className) ??
    'replace it by built-in layers, or convert the model with tf.lite.TFLiteConverter and give the .tflite';
  return unsupportedLayer(`layers of the class ${className} cannot be imported`, path, next);
}

function refuseChannelsFirst(settings: Settings): void {
  if (setting(settings, 'data_format') !== 'channels_first') return;
  unsupportedOption(
    'it keeps the channels in front (data_format="channels_first")',
    settings.layer,
    'build the model with data_format="channels_last" and save it again',
  );
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
