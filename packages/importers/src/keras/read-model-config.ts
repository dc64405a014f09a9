// Brings the model_config of any Keras version into one form.
import { readCalls, readRefs } from './inbound-nodes.js';
import { entry, isList, isObject, type Json, type JsonObject } from './json.js';
import type { LayerConfig, ModelConfig, TensorRef } from './model-config.js';
import { foreignClass } from './own-class.js';
import { foreignModel, invalidConfig } from './refuse.js';

/** Class names of models: `Model` is Keras 2.0 to 2.3, `Functional` what came after. */
const FUNCTIONAL = new Set(['Model', 'Functional']);
const SEQUENTIAL = 'Sequential';
const MAX_LAYERS = 20000;

/** Reads `{class_name, config}`. Throws KERAS_CONFIG_INVALID; a class that is no model is refused by name. */
export function readModelConfig(value: Json): ModelConfig {
  const className = isObject(value) ? entry(value, 'class_name') : undefined;
  if (!isObject(value) || typeof className !== 'string') return invalidConfig('it names no class');
  const config = entry(value, 'config');
  const foreign = foreignClass(value) ?? (isForeignModel(className, config) ? className : undefined);
  if (foreign !== undefined) return foreignModel(foreign, isObject(config) && entry(config, 'layers') !== undefined);
  const model = readModel(className, config, 'model', { left: MAX_LAYERS });
  return (
    model ??
    invalidConfig(`it describes a ${className}; only Sequential and functional models hold their layers as data`)
  );
}

/** Layers in a class that is none of Keras' models: a class made from one of them. */
function isForeignModel(className: string, config: Json | undefined): boolean {
  return className !== SEQUENTIAL && !FUNCTIONAL.has(className) && isObject(config) && isList(entry(config, 'layers'));
}

interface Count {
  left: number;
}

function readModel(className: string, config: Json | undefined, path: string, count: Count): ModelConfig | undefined {
  if (className === SEQUENTIAL) return readSequential(config, path, count);
  if (FUNCTIONAL.has(className)) return readFunctional(config, path, count);
  return undefined;
}

/** Keras up to 2.2 stores a sequential model's layers as a bare list. */
function readSequential(config: Json | undefined, path: string, count: Count): ModelConfig {
  const values: JsonObject = isObject(config) ? config : {};
  const layers = readLayers(isList(config) ? config : entry(values, 'layers'), path, count);
  const buildConfig = entry(values, 'build_config');
  const inputShape =
    entry(values, 'build_input_shape') ?? (isObject(buildConfig) ? entry(buildConfig, 'input_shape') : undefined);
  return { name: nameOf(values, path), layers, wiring: 'chain', inputShape };
}

function readFunctional(config: Json | undefined, path: string, count: Count): ModelConfig {
  if (!isObject(config)) return invalidConfig('a functional model has no configuration', path);
  const layers = readLayers(entry(config, 'layers'), path, count);
  const inputs = readRefs(entry(config, 'input_layers'), path);
  const outputs = readRefs(entry(config, 'output_layers'), path);
  const name = nameOf(config, path);
  if (isWiredAsKeras3(entry(config, 'layers')))
    return { name, layers, wiring: { inputs, outputs: outputsOfKeras3(layers, outputs) }, inputShape: undefined };
  return { name, layers: numberCalls(layers, outputs), wiring: { inputs, outputs }, inputShape: undefined };
}

/** Keras 3 writes a use as `{args, kwargs}`, Keras 2 as a list. */
function isWiredAsKeras3(layers: Json | undefined): boolean {
  return (isList(layers) ? layers : []).some((layer) => {
    const calls = isObject(layer) ? entry(layer, 'inbound_nodes') : undefined;
    return isList(calls) && calls.some(isObject);
  });
}

/**
 * Keras 3 counts uses from 0 where one layer reads another, but the uses of a nested functional model from 1 where the
 * outputs of the model around it are listed. It reads a 0 there as the last use.
 */
function outputsOfKeras3(layers: readonly LayerConfig[], outputs: readonly TensorRef[]): TensorRef[] {
  const functional = new Map(
    layers.filter(({ model }) => model !== undefined && model.wiring !== 'chain').map((layer) => [layer.name, layer]),
  );
  return outputs.map((ref) => {
    const layer = functional.get(ref.layer);
    if (layer === undefined) return ref;
    return { ...ref, node: ref.node === 0 ? layer.calls.length - 1 : ref.node - 1 };
  });
}

/** Keras 2 counts the uses of a nested model from 1 everywhere, where it knew its input; what is referred to tells. */
function numberCalls(layers: readonly LayerConfig[], outputs: readonly TensorRef[]): LayerConfig[] {
  const last = new Map<string, number>();
  const note = (ref: TensorRef): unknown => last.set(ref.layer, Math.max(ref.node, last.get(ref.layer) ?? 0));
  outputs.forEach(note);
  for (const { calls } of layers) {
    for (const { positional, named } of calls) {
      for (const argument of [...positional, ...named.values()]) if (argument.kind === 'tensor') note(argument.ref);
    }
  }
  return layers.map((layer) =>
    layer.model !== undefined && last.get(layer.name) === layer.calls.length ? { ...layer, firstCall: 1 } : layer,
  );
}

function nameOf(values: JsonObject, fallback: string): string {
  const name = entry(values, 'name');
  return typeof name === 'string' && name !== '' ? name : fallback;
}

function readLayers(value: Json | undefined, path: string, count: Count): LayerConfig[] {
  if (!isList(value)) return invalidConfig('a model has no list of layers', path);
  count.left -= value.length;
  if (count.left < 0) invalidConfig(`it has more than ${MAX_LAYERS} layers`, path);
  const layers = value.map((layer, position) => readLayer(layer, position, path, count));
  const names = new Set(layers.map((layer) => layer.name));
  if (names.size !== layers.length) invalidConfig('two layers of one model have the same name', path);
  return layers;
}

function readLayer(value: Json, position: number, path: string, count: Count): LayerConfig {
  const where = `${path}, layer number ${position}`;
  const className = isObject(value) ? entry(value, 'class_name') : undefined;
  const config = isObject(value) ? entry(value, 'config') : undefined;
  if (!isObject(value) || typeof className !== 'string') return invalidConfig('a layer names no class', where);
  const values: JsonObject = isObject(config) ? config : {};
  const outerName = entry(value, 'name');
  const name = typeof outerName === 'string' ? outerName : nameOf(values, `${className}_${position}`);
  const module = entry(value, 'module');
  const foreign = foreignClass(value);
  return {
    name,
    className,
    module: typeof module === 'string' ? module : '',
    foreign,
    values,
    model: foreign === undefined ? readModel(className, config, name, count) : undefined,
    calls: readCalls(entry(value, 'inbound_nodes'), name),
    firstCall: 0,
  };
}
