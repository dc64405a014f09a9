// What a layer is called with beside its inputs: refused where it would change the result.
import type { Json } from './json.js';
import type { BuildArgument } from './layer-definition.js';
import { isOperation, settingsOf, takesSeveral } from './layers/index.js';
import { trainingOnlyLayers } from './layers/training-only.js';
import type { LayerConfig } from './model-config.js';
import { unsupportedOption } from './refuse.js';
import { booleanSetting } from './settings.js';

export interface CallArguments {
  readonly positional: readonly BuildArgument[];
  readonly named: ReadonlyMap<string, BuildArgument>;
}

const WITHOUT =
  'build the model once more without that argument, copy the weights (new.set_weights(old.get_weights())) and save it';

/** Throws KERAS_OPTION_UNSUPPORTED for an argument that the graph would leave out. */
export function checkCall(layer: LayerConfig, call: CallArguments, path: string, kerasVersion: number): void {
  // Operations read their arguments themselves.
  if (layer.model === undefined && isOperation(layer)) return;
  const tensors = call.positional.filter(({ kind }) => kind === 'tensor').length;
  for (const [name, argument] of call.named) {
    if (name === 'training' && argument.kind === 'value') {
      // Keras 3 lets predict() overrule it, Keras 2 does not.
      if (kerasVersion < 3 && isGiven(argument.value) && dependsOnTraining(layer, path)) refuseTraining(path);
    } else if (argument.kind === 'tensor' ? tensors > 0 : isGiven(argument.value)) refuse(name, path);
  }
  if (call.positional.some((argument) => argument.kind === 'value' && isGiven(argument.value)))
    refuse('behind the inputs', path);
  const single = layer.model === undefined ? !takesSeveral(layer) : layer.model.wiring === 'chain';
  if (single && tensors > 1) refuse('behind the input', path);
}

function isGiven(value: Json): boolean {
  return value !== null && value !== false && value !== 0;
}

/** Layers that do in training what they do not at inference; a frozen normalization never does. */
function dependsOnTraining(layer: LayerConfig, path: string): boolean {
  if (layer.model !== undefined) return layer.model.layers.some((child) => dependsOnTraining(child, path));
  if (/^(Sync)?BatchNormalization/.test(layer.className))
    return booleanSetting(settingsOf(layer, path), 'trainable', true);
  return Object.hasOwn(trainingOnlyLayers, layer.className) && !/^(Identity|ActivityReg)/.test(layer.className);
}

function refuseTraining(path: string): never {
  return unsupportedOption(
    'it is called with training=True, so that it works as in training at inference too: by chance, or by the statistics of each batch',
    path,
    WITHOUT,
  );
}

function refuse(name: string, path: string): never {
  return unsupportedOption(`it is called with an argument ${name}, which cannot be imported`, path, WITHOUT);
}
