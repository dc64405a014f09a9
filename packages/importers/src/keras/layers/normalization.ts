// Layers that scale and shift by constants: BatchNormalization, Normalization, Rescaling.
import type { TensorId } from '@wherry/graph';
import { isList, type Json } from '../json.js';
import type { LayerCall, LayerDefinition, LayerTable } from '../layer-definition.js';
import { badShape, invalidConfig, unsupportedOption } from '../refuse.js';
import { booleanSetting, numberSetting, numbersIn, setting } from '../settings.js';
import { adaptedNormalization } from './adapted-normalization.js';

/** x * factor + summand with both constants of shape `shape`; a product by 1 or a sum with 0 gives no node. */
function scaleAndShift(
  call: LayerCall,
  shape: readonly number[],
  factor: Float32Array,
  summand: Float32Array,
): TensorId {
  const { graph } = call;
  const input = call.inputs[0]!;
  const scaled = factor.every((value) => value === 1)
    ? input
    : graph.add('MUL', [input, graph.parameter('scale', shape, () => factor)], {});
  if (summand.every((value) => value === 0)) return scaled;
  return graph.add('ADD', [scaled, graph.parameter('offset', shape, () => summand)], {});
}

/** The one axis of the settings, counted from the front; lists of one entry are Keras 2.2 to 2.15. */
function axisOf(call: LayerCall, rank: number): number {
  const value: Json = setting(call.settings, 'axis') ?? -1;
  const only = isList(value) && value.length === 1 ? value[0]! : value;
  if (typeof only !== 'number' || !Number.isInteger(only)) {
    return unsupportedOption('it normalizes along several axes', call.settings.layer, 'use one axis, the last');
  }
  const axis = only < 0 ? only + rank : only;
  if (axis < 1 || axis >= rank)
    badShape(`axis ${only} is none of its ${rank} dimensions`, call.graph.origin, 'use axis=-1');
  return axis;
}

/** [C] along the last axis, else [1, C, 1, 1]: what broadcasts along `axis`. */
function broadcastShape(size: number, axis: number, rank: number): number[] {
  return axis === rank - 1 ? [size] : Array.from({ length: rank }, (_, d) => (d === axis ? size : 1));
}

/** gamma * (x - mean) / sqrt(variance + epsilon) + beta, as one product and one sum. */
function batchNormalization(call: LayerCall): TensorId {
  const { graph, settings } = call;
  const shape = graph.shape(call.inputs[0]!);
  const axis = axisOf(call, shape.length);
  const size = shape[axis]!;
  const epsilon = numberSetting(settings, 'epsilon', 1e-3);
  const gamma = booleanSetting(settings, 'scale', true) ? call.weight('gamma', [size]) : undefined;
  const beta = booleanSetting(settings, 'center', true) ? call.weight('beta', [size]) : undefined;
  const mean = call.weight('moving_mean', [size]);
  const variance = call.weight('moving_variance', [size]);
  const factor = new Float32Array(size);
  const summand = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const spread = variance[i]! + epsilon;
    if (!(spread > 0))
      invalidConfig(`the variance of channel ${i} plus epsilon is ${spread}`, `layer ${settings.layer}`);
    const ratio = (gamma?.[i] ?? 1) / Math.sqrt(spread);
    factor[i] = ratio;
    summand[i] = (beta?.[i] ?? 0) - mean[i]! * ratio;
  }
  const output = scaleAndShift(call, broadcastShape(size, axis, shape.length), factor, summand);
  if (axis === shape.length - 1 && output !== call.inputs[0])
    graph.setMoments(output, {
      mean: Float64Array.from({ length: size }, (_, i) => beta?.[i] ?? 0),
      deviation: Float64Array.from(variance, (each, i) => Math.abs(factor[i]!) * Math.sqrt(Math.max(0, each))),
    });
  return output;
}

/** Numbers for the `size` channels: one for all or one each. */
function perChannel(call: LayerCall, value: readonly number[], size: number, name: string): readonly number[] {
  if (value.length === 1) return new Array<number>(size).fill(value[0]!);
  if (value.length === size) return value;
  return badShape(
    `it has ${value.length} values of ${name} for ${size} channels`,
    call.graph.origin,
    'give one value, or one per channel',
  );
}

function listOf(call: LayerCall, key: string, fallback: number): readonly number[] {
  const value = setting(call.settings, key);
  return numbersIn(value ?? fallback) ?? invalidConfig(`${key} is not made of numbers`, `layer ${call.settings.layer}`);
}

function rescaling(call: LayerCall): TensorId {
  const channels = call.graph.shape(call.inputs[0]!).at(-1)!;
  const factor = listOf(call, 'scale', 1);
  const summand = listOf(call, 'offset', 0);
  const size = Math.max(factor.length, summand.length);
  if (size !== 1 && size !== channels)
    badShape(`it has ${size} values for ${channels} channels`, call.graph.origin, 'give one value, or one per channel');
  return scaleAndShift(
    call,
    [size],
    Float32Array.from(perChannel(call, factor, size, 'scale')),
    Float32Array.from(perChannel(call, summand, size, 'offset')),
  );
}

/** Training on several machines gathers the averages differently; inference is the same. */
const batchNormalizationLayer: LayerDefinition = {
  variables: (settings) => ({
    trainable: [
      ...(booleanSetting(settings, 'scale', true) ? ['gamma'] : []),
      ...(booleanSetting(settings, 'center', true) ? ['beta'] : []),
    ],
    stateful: ['moving_mean', 'moving_variance'],
  }),
  build: batchNormalization,
};

export const normalizationLayers: LayerTable = {
  BatchNormalization: batchNormalizationLayer,
  BatchNormalizationV1: batchNormalizationLayer,
  BatchNormalizationV2: batchNormalizationLayer,
  SyncBatchNormalization: batchNormalizationLayer,
  Normalization: adaptedNormalization,
  Rescaling: { build: rescaling },
};
