// Layers that normalize by the mean and variance of the sample at hand: LayerNormalization, GroupNormalization, UnitNormalization.
import type { TensorId } from '@wherry/graph';
import { isList } from '../json.js';
import type { LayerCall, LayerDefinition, LayerTable } from '../layer-definition.js';
import { shift } from '../rectify.js';
import { badShape, unsupportedOption } from '../refuse.js';
import { booleanSetting, isSize, numberSetting, setting, sizeSetting } from '../settings.js';

/** From the front, in the order of the file; the batch is none of them. */
function axesOf(call: LayerCall, rank: number): readonly number[] {
  const value = setting(call.settings, 'axis') ?? -1;
  const axes = (isList(value) ? value : [value]).map((axis) =>
    typeof axis === 'number' && axis < 0 ? axis + rank : axis,
  );
  if (axes.length === 0 || !axes.every((axis) => isSize(axis, 1) && axis < rank))
    badShape(
      `axis ${JSON.stringify(value)} is not made of its dimensions 1 to ${rank - 1}`,
      call.graph.origin,
      'use axis=-1',
    );
  return axes as number[];
}

/** (x - mean) / sqrt(variance + epsilon) along `axes`. */
function standardized(call: LayerCall, x: TensorId, axes: readonly number[]): TensorId {
  const { graph, settings } = call;
  const along = graph.indices('axes', axes);
  const meanOf = (id: TensorId): TensorId => graph.add('MEAN', [id, along], { keepDims: true });
  const distance = graph.add('SUB', [x, meanOf(x)], {});
  const variance = meanOf(graph.add('MUL', [distance, distance], {}));
  const spread = shift(graph, variance, 'epsilon', numberSetting(settings, 'epsilon', 1e-3));
  return graph.add('MUL', [distance, graph.add('RSQRT', [spread], {})], {});
}

/**
 * Times gamma, plus beta, as far as the layer has them. They are stored with a size for each of `axes` in the order of the file,
 * but Keras reads them as if that went from the front.
 */
function scaledAndShifted(call: LayerCall, x: TensorId, axes: readonly number[]): TensorId {
  const { graph } = call;
  const shape = graph.shape(x);
  const stored = axes.map((axis) => shape[axis]!);
  const spread = shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  const isTail = Math.min(...axes) === shape.length - axes.length;
  const broadcast = isTail ? shape.slice(-axes.length) : spread;
  const parameter = (name: string): TensorId => graph.parameter(name, broadcast, () => call.weight(name, stored));
  const { gamma, beta } = parametersOf(call.settings);
  const scaled = gamma ? graph.add('MUL', [x, parameter('gamma')], {}) : x;
  return beta ? graph.add('ADD', [scaled, parameter('beta')], {}) : scaled;
}

function parametersOf(settings: LayerCall['settings']): { readonly gamma: boolean; readonly beta: boolean } {
  return { gamma: booleanSetting(settings, 'scale', true), beta: booleanSetting(settings, 'center', true) };
}

const variables: LayerDefinition['variables'] = (settings) => {
  const { gamma, beta } = parametersOf(settings);
  return { trainable: [...(gamma ? ['gamma'] : []), ...(beta ? ['beta'] : [])] };
};

function layerNormalization(call: LayerCall): TensorId {
  if (booleanSetting(call.settings, 'rms_scaling', false))
    return unsupportedOption(
      'rms_scaling=True, which releases of Keras compute differently, cannot be imported',
      call.settings.layer,
      'use rms_scaling=False and train the model again',
    );
  const x = call.inputs[0]!;
  const axes = axesOf(call, call.graph.shape(x).length);
  return scaledAndShifted(call, standardized(call, x, axes), axes);
}

/** The channels in groups of neighbours: [1, places, groups, channels of one], each group over all places. */
function groupNormalization(call: LayerCall): TensorId {
  const { graph, settings } = call;
  const x = call.inputs[0]!;
  const shape = graph.shape(x);
  const last = shape.length - 1;
  const [axis, ...others] = axesOf(call, shape.length);
  if (axis !== last || others.length > 0)
    unsupportedOption('it has the channels elsewhere than last', settings.layer, 'use axis=-1');
  const channels = shape[last]!;
  // One group for each channel is what -1 stands for.
  const given = setting(settings, 'groups') ?? 32;
  const groups = given === -1 ? channels : sizeSetting(settings, 'groups', 1, 32);
  if (channels % groups !== 0)
    badShape(`its ${channels} channels are no whole multiple of ${groups} groups`, graph.origin, 'use fewer groups');
  const places = shape.slice(1, last).reduce((product, size) => product * size, 1);
  const grouped = graph.reshape(x, [shape[0]!, places, groups, channels / groups]);
  const even = standardized(call, grouped, [1, 3]);
  return scaledAndShifted(call, graph.add('RESHAPE', [even, graph.indices('whole', shape)], {}), [last]);
}

/** What Keras holds the sum of squares above. */
const leastSquare = 1e-12;

/** x divided by its length along the axes. */
function unitNormalization(call: LayerCall): TensorId {
  const { graph } = call;
  const x = call.inputs[0]!;
  const along = graph.indices('axes', axesOf(call, graph.shape(x).length));
  const square = graph.add('SUM', [graph.add('MUL', [x, x], {}), along], { keepDims: true });
  const least = graph.parameter('least', [1], () => Float32Array.of(leastSquare));
  return graph.add('MUL', [x, graph.add('RSQRT', [graph.add('MAXIMUM', [square, least], {})], {})], {});
}

export const sampleNormalizationLayers: LayerTable = {
  LayerNormalization: { variables, build: layerNormalization },
  GroupNormalization: { variables, build: groupNormalization },
  UnitNormalization: { build: unitNormalization },
};
