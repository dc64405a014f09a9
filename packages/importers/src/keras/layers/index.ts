// The list of all Keras layers that can be imported: one entry per class name.
import type { LayerDefinition, LayerTable } from '../layer-definition.js';
import { entry, isList, isObject, type Json } from '../json.js';
import type { LayerConfig } from '../model-config.js';
import { dangerousLayer, MODEL_IN_PLACE, unsupportedLayer, unsupportedOption } from '../refuse.js';
import { foreignClass } from '../own-class.js';
import { setting, stringSetting, type Settings } from '../settings.js';
import { activationLayers } from './activations.js';
import { convolutionLayers } from './convolution.js';
import { denseLayers } from './dense.js';
import { mergingLayers } from './merging.js';
import { normalizationLayers } from './normalization.js';
import { operationOf } from './operations.js';
import { poolingLayers } from './pooling.js';
import { dangerousLayers, unsupportedLayers, wrappers } from './refused.js';
import { resamplingLayers } from './resampling.js';
import { reshapingLayers } from './reshaping.js';
import { sampleNormalizationLayers } from './sample-normalization.js';
import { trainingOnlyLayers } from './training-only.js';
import { transposedConvolutionLayers } from './transposed-convolution.js';

const layers: LayerTable = {
  ...activationLayers,
  ...convolutionLayers,
  ...denseLayers,
  ...mergingLayers,
  ...normalizationLayers,
  ...poolingLayers,
  ...resamplingLayers,
  ...reshapingLayers,
  ...sampleNormalizationLayers,
  ...trainingOnlyLayers,
  ...transposedConvolutionLayers,
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
export function isOperation(layer: LayerConfig): boolean {
  if (layer.className === 'TFOpLambda' || OPERATION_MODULE.test(layer.module)) return true;
  return layer.module === '' && !Object.hasOwn(layer.values, 'trainable') && operationOf(layer.className) !== undefined;
}

/** Whether more than one tensor may be what the layer is applied to. */
export function takesSeveral(layer: LayerConfig): boolean {
  return Object.hasOwn(mergingLayers, layer.className);
}

/** Names of a layer's weights in the order in which Keras makes them: those that are trained first. */
export function ownVariables(layer: LayerConfig, path: string): readonly string[] {
  const declared = definitionOf(layer, path).variables?.(settingsOf(layer, path));
  return [...(declared?.trainable ?? []), ...(declared?.stateful ?? [])];
}

/** The definition of a layer; refuses by name what is unknown or carries code. */
export function definitionOf(layer: LayerConfig, path: string): LayerDefinition {
  const { className } = layer;
  const settings = settingsOf(layer, path);
  refuseChannelsFirst(settings);
  refuseQuantized(settings);
  for (const key of ['activation', 'recurrent_activation']) refuseWeightsOf(setting(settings, key), settings);
  if (layer.foreign !== undefined) return refuseForeign(layer, layer.foreign, path);
  if (isOperation(layer)) {
    const name = className === 'TFOpLambda' ? stringSetting(settings, 'function', '') : className;
    return (
      operationOf(name) ??
      unsupportedLayer(
        `the operation ${name} cannot be imported`,
        path,
        own(unsupportedLayers, name) ?? 'replace it by layers such as Add, Multiply, Rescaling or Activation',
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
    own(unsupportedLayers, className.slice(className.lastIndexOf('>') + 1)) ??
    modelInPlace(layer) ??
    'replace it by built-in layers such as Conv2D, DepthwiseConv2D, Dense, BatchNormalization, ReLU and Add, and train the model again';
  return unsupportedLayer(`layers of the class ${className} cannot be imported`, path, next);
}

/** A class of the program may have the name of a layer of Keras and do something else. */
function refuseForeign(layer: LayerConfig, foreign: string, path: string): never {
  const next =
    own(wrappers, layer.className.slice(layer.className.lastIndexOf('>') + 1)) ??
    modelInPlace(layer) ??
    'build the model with layers of Keras that compute the same in its place, copy the weights (new.set_weights(old.get_weights())) or train it again, and save it';
  return unsupportedLayer(
    `layers of the class ${foreign} cannot be imported: it is a class of the program that saved the model, not Keras' own`,
    path,
    next,
  );
}

/** A class made from a model of Keras has its layers. */
function modelInPlace(layer: LayerConfig): string | undefined {
  return isList(entry(layer.values, 'layers')) ? MODEL_IN_PLACE : undefined;
}

/** Keras 3 rounds weights itself with model.quantize(mode); the layer's dtype policy then says so. */
function refuseQuantized(settings: Settings): void {
  const policy = quantizationPolicy(setting(settings, 'dtype'));
  if (policy === undefined) return;
  unsupportedOption(
    `it was quantized by Keras (model.quantize, dtype policy ${policy})`,
    settings.layer,
    'give the float model that it was made from, saved before model.quantize: the integers are chosen here, for the device',
  );
}

function quantizationPolicy(dtype: Json | undefined): string | undefined {
  if (typeof dtype === 'string') return dtype.includes('_from_') ? dtype : undefined;
  const config = isObject(dtype) ? entry(dtype, 'config') : undefined;
  if (!isObject(config)) return undefined;
  const mode = entry(config, 'mode');
  const source = entry(config, 'source_name');
  if (typeof mode === 'string') return typeof source === 'string' ? `${mode}_from_${source}` : mode;
  const name = entry(config, 'name');
  return typeof name === 'string' ? quantizationPolicy(name) : undefined;
}

/** An activation that is a layer with weights would own some of those that are stored for the layer around it. */
function refuseWeightsOf(activation: Json | undefined, settings: Settings): void {
  if (!isObject(activation)) return;
  const className = entry(activation, 'class_name');
  const config = entry(activation, 'config');
  if (typeof className !== 'string' || !isObject(config)) return;
  const foreign = foreignClass(activation);
  if (foreign !== undefined)
    unsupportedOption(
      `its activation is of the class ${foreign}, one of the program that saved the model and not Keras' own`,
      settings.layer,
      `use one of Keras' own, such as activation="relu", and train the model again`,
    );
  refuseWeightsOf(entry(config, 'activation'), settings);
  const inner = { ...settings, className, values: config };
  const name = className.slice(className.lastIndexOf('>') + 1);
  const unsupported = own(unsupportedLayers, name);
  if (unsupported !== undefined)
    unsupportedOption(
      `its activation is a layer of the class ${name}, which cannot be imported`,
      settings.layer,
      `${unsupported}, and train the model again`,
    );
  if (own(layers, className)?.variables?.(inner) === undefined) return;
  unsupportedOption(
    `its activation is a layer of the class ${name}, which has weights of its own`,
    settings.layer,
    `build the model without that activation and with ${name} behind this layer as a layer of its own, and copy the weights: new.set_weights(old.get_weights())`,
  );
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
