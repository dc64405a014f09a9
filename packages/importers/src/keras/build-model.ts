// Builds the graph of a Keras model: layer after layer, nested models in place.
import { sameShape, type GraphBuilder, type TensorId } from '@wherry/graph';
import type { AssignedWeights } from './assign-weights.js';
import { checkCall } from './call-arguments.js';
import { isList, type Json } from './json.js';
import type { BuildArgument, LayerCall } from './layer-definition.js';
import { checkShape, createLayerGraph, type ParameterCache } from './layer-graph.js';
import { definitionOf, settingsOf } from './layers/index.js';
import type { Argument, LayerConfig, ModelConfig } from './model-config.js';
import { badShape, invalidConfig, unsupportedOption, weightsMismatch } from './refuse.js';
import { isSize, setting, type Settings } from './settings.js';
import { keepIntegers } from './integer-inputs.js';
import { callKey, orderCalls } from './order-calls.js';

export interface ModelContext {
  readonly builder: GraphBuilder;
  readonly weights: AssignedWeights;
  readonly kerasVersion: number;
  readonly parameters: ParameterCache;
  /** Layer uses that may still be built: models used inside one another multiply. */
  readonly uses: { left: number };
  /** Inputs of whole numbers by type, and what only moves their values. */
  readonly integers: Map<TensorId, string>;
  /** The largest batch that an input fixes; 1 where all leave it open. */
  readonly batch: { size: number };
}

/** Builds the outermost model with graph inputs of its own; returns its outputs. */
export function buildModel(context: ModelContext, model: ModelConfig): readonly TensorId[] {
  return model.wiring === 'chain'
    ? buildChain(context, model, '', undefined)
    : buildWired(context, model, '', undefined);
}

function pathOf(base: string, name: string): string {
  return base === '' ? name : `${base}/${name}`;
}

/** `given`: what a nested model is applied to. */
function buildNested(
  context: ModelContext,
  model: ModelConfig,
  path: string,
  given: readonly TensorId[],
): readonly TensorId[] {
  return model.wiring === 'chain' ? buildChain(context, model, path, given) : buildWired(context, model, path, given);
}

function buildChain(
  context: ModelContext,
  model: ModelConfig,
  base: string,
  given: readonly TensorId[] | undefined,
): readonly TensorId[] {
  const [first] = model.layers;
  if (first === undefined) return invalidConfig('a sequential model has no layers', base === '' ? model.name : base);
  let current =
    given?.[0] ?? graphInput(context, first, pathOf(base, first.name), inputShapeOf(first) ?? model.inputShape);
  for (const layer of model.layers) {
    if (layer.className === 'InputLayer') continue;
    const [output] = buildLayer(context, layer, pathOf(base, layer.name), [{ kind: 'tensor', id: current }], new Map());
    current = output ?? invalidConfig('a layer inside of a sequential model gives no output', pathOf(base, layer.name));
  }
  return [current];
}

function buildWired(
  context: ModelContext,
  model: ModelConfig,
  base: string,
  given: readonly TensorId[] | undefined,
): readonly TensorId[] {
  const { wiring } = model;
  if (wiring === 'chain') return buildChain(context, model, base, given);
  const where = base === '' ? model.name : base;
  const layers = new Map(model.layers.map((layer) => [layer.name, layer]));
  const values = new Map<string, readonly TensorId[]>();
  if (given !== undefined && given.length !== wiring.inputs.length) {
    badShape(
      `it takes ${wiring.inputs.length} inputs, it is given ${given.length}`,
      where,
      'connect one tensor per input',
    );
  }
  wiring.inputs.forEach((ref, i) => {
    const layer = layers.get(ref.layer) ?? invalidConfig(`its input ${ref.layer} is no layer of it`, where);
    const path = pathOf(base, layer.name);
    values.set(callKey(ref), [given?.[i] ?? graphInput(context, layer, path, inputShapeOf(layer))]);
  });
  const lookUp = (argument: Argument): BuildArgument => {
    if (argument.kind === 'value') return argument;
    const id = values.get(callKey(argument.ref))?.[argument.ref.tensor];
    return id === undefined
      ? invalidConfig(`output ${argument.ref.tensor} of layer ${argument.ref.layer} does not exist`, where)
      : { kind: 'tensor', id };
  };
  for (const { layer, call, key } of orderCalls(layers, wiring.outputs, new Set(values.keys()), where)) {
    const named = new Map([...call.named].map(([name, argument]) => [name, lookUp(argument)]));
    values.set(key, buildLayer(context, layer, pathOf(base, layer.name), call.positional.map(lookUp), named));
  }
  return wiring.outputs.map((ref) => tensorIn(lookUp({ kind: 'tensor', ref }), where));
}

function tensorIn(argument: BuildArgument, where: string): TensorId {
  return argument.kind === 'tensor' ? argument.id : invalidConfig('an output is not a tensor', where);
}

function buildLayer(
  context: ModelContext,
  layer: LayerConfig,
  path: string,
  positional: readonly BuildArgument[],
  named: ReadonlyMap<string, BuildArgument>,
): readonly TensorId[] {
  if (--context.uses.left < 0)
    invalidConfig('its models use one another so often that the graph has no end in sight', path);
  const inputs = [...positional, ...named.values()].flatMap((argument) =>
    argument.kind === 'tensor' ? [argument.id] : [],
  );
  checkCall(layer, { positional, named }, path, context.kerasVersion);
  if (layer.model !== undefined) return buildNested(context, layer.model, path, inputs);
  const definition = definitionOf(layer, path);
  if (inputs.length === 0) invalidConfig('it is applied to nothing', `layer ${path}`);
  const settings = settingsOf(layer, path);
  const graph = createLayerGraph(context.builder, path, context.parameters);
  const weight = (name: string, shape: readonly number[]): Float32Array => readWeight(context, path, name, shape);
  const { kerasVersion, batch } = context;
  const call: LayerCall = { settings, kerasVersion, batch: batch.size, graph, inputs, positional, named, weight };
  const output = definition.build(call);
  keepIntegers(context, settings, inputs, output);
  return [output];
}

const SHAPES_DIFFER =
  'save the model again with model.save("model.h5") in the program that built or trained it: weights and configuration of this file are not of one model';

function readWeight(context: ModelContext, path: string, name: string, shape: readonly number[]): Float32Array {
  const stored =
    context.weights.get(path)?.get(name) ??
    weightsMismatch(`the file has no weight ${name} for it`, path, SHAPES_DIFFER);
  if (!sameShape(stored.shape, shape)) {
    weightsMismatch(
      `its weight ${name} has the shape [${stored.shape.join(', ')}], the configuration asks for [${shape.join(', ')}]`,
      path,
      SHAPES_DIFFER,
    );
  }
  return stored.read();
}

/** Batch included: `batch_shape` is Keras 3, `batch_input_shape` Keras 2. */
function inputShapeOf(layer: LayerConfig): Json | undefined {
  const settings = settingsOf(layer, layer.name);
  return setting(settings, 'batch_shape') ?? setting(settings, 'batch_input_shape') ?? layer.model?.inputShape;
}

function graphInput(context: ModelContext, layer: LayerConfig, path: string, shape: Json | undefined): TensorId {
  const inner = layer.model === undefined ? undefined : innerInputShape(layer.model);
  const dimensions = shape ?? inner;
  if (!isList(dimensions) || dimensions.length === 0) {
    return badShape(
      'the file does not say what shape the model takes',
      path,
      'start the model with keras.Input(shape=...) and save it again',
    );
  }
  const integerType = integerTypeOf(settingsOf(layer, path));
  const [batch, ...rest] = dimensions;
  const fixed = rest.map((size) => {
    if (isSize(size, 1)) return size;
    return badShape(
      `it takes the shape [${dimensions.map((d) => (d === null ? 'any' : JSON.stringify(d))).join(', ')}]`,
      path,
      'give every dimension but the batch a fixed size: keras.Input(shape=(96, 96, 1))',
    );
  });
  if (isSize(batch, 1)) context.batch.size = Math.max(context.batch.size, batch);
  // A device runs one sample at a time, whatever number of them the training took together.
  const whole = [1, ...fixed];
  checkShape(whole, path);
  const input = context.builder.input(path, whole);
  if (integerType !== undefined) context.integers.set(input, integerType);
  return input;
}

/** A sequential model may begin with a model that knows its shape. */
function innerInputShape(model: ModelConfig): Json | undefined {
  const ref = model.wiring === 'chain' ? undefined : model.wiring.inputs[0];
  const layer = ref === undefined ? model.layers[0] : model.layers.find((candidate) => candidate.name === ref.layer);
  if (layer === undefined) return undefined;
  return inputShapeOf(layer) ?? (layer.model === undefined ? undefined : innerInputShape(layer.model));
}

const FLOAT_TYPES = new Set(['float16', 'bfloat16', 'float32', 'float64']);

function integerTypeOf(settings: Settings): string | undefined {
  const type = settings.className === 'InputLayer' ? setting(settings, 'dtype') : undefined;
  if (typeof type !== 'string' || FLOAT_TYPES.has(type)) return undefined;
  if (/^(u?int\d+|bool)$/.test(type)) return type;
  return unsupportedOption(`the input takes ${type}`, settings.layer, 'let the input take float32');
}
