// Normalization: by the mean and variance of the training data, along no, one or several axes.
import type { TensorId } from '@wherry/graph';
import { isList, type Json } from '../json.js';
import type { LayerCall, LayerDefinition } from '../layer-definition.js';
import { badShape, invalidConfig, unsupportedOption } from '../refuse.js';
import { booleanSetting, numbersIn, setting, type Settings } from '../settings.js';

/** Keras keeps the standard deviation away from zero by this much. */
const LEAST_DEVIATION = 1e-7;

export const adaptedNormalization: LayerDefinition = {
  variables: (settings) => ({ trainable: [], stateful: isGiven(settings) ? [] : ['mean', 'variance', 'count'] }),
  build: normalization,
};

/** Mean and variance stand in the configuration, not among the weights. */
function isGiven(settings: Settings): boolean {
  return setting(settings, 'mean') !== undefined;
}

/** (x - mean) / sqrt(variance), or the way back when `invert` is set; in this order, as a mean may be far from zero. */
function normalization(call: LayerCall): TensorId {
  const { graph, settings } = call;
  const input = call.inputs[0]!;
  const shape = graph.shape(input);
  const axes = axesOf(call, shape.length);
  const kept = axes.map((axis) => shape[axis]!);
  const mean = statistic(call, 'mean', kept);
  const deviation = statistic(call, 'variance', kept).map((value, i) => {
    if (!(value >= 0)) invalidConfig(`value ${i} of its variance is ${value}`, `layer ${settings.layer}`);
    return Math.max(Math.sqrt(value), LEAST_DEVIATION);
  });
  const constants = constantShape(shape, axes);
  const shift = (x: TensorId, values: readonly number[]): TensorId =>
    values.every((value) => value === 0)
      ? x
      : graph.add('ADD', [x, graph.parameter('offset', constants, () => Float32Array.from(values))], {});
  const scale = (x: TensorId, values: readonly number[]): TensorId =>
    values.every((value) => value === 1)
      ? x
      : graph.add('MUL', [x, graph.parameter('scale', constants, () => Float32Array.from(values))], {});
  if (booleanSetting(settings, 'invert', false)) return shift(scale(input, deviation), mean);
  return scale(
    shift(
      input,
      mean.map((value) => -value),
    ),
    deviation.map((value) => 1 / value),
  );
}

/** From the front, ascending; none where one mean holds for all values: null, or [] as Keras saves it. Left out: the last. */
function axesOf(call: LayerCall, rank: number): readonly number[] {
  const { values } = call.settings;
  const value: Json = Object.hasOwn(values, 'axis') ? (values['axis'] ?? []) : -1;
  const axes = (isList(value) ? value : [value]).map((given) => {
    if (typeof given !== 'number' || !Number.isInteger(given) || given < -rank || given >= rank)
      return badShape(
        `axis ${JSON.stringify(given)} is none of its ${rank} dimensions`,
        call.graph.origin,
        'use axis=-1',
      );
    return given < 0 ? given + rank : given;
  });
  if (axes.includes(0))
    unsupportedOption(
      'it normalizes along the batch, axis 0',
      call.settings.layer,
      'leave 0 out of axis: a device runs one sample at a time',
    );
  return [...new Set(axes)].sort((a, b) => a - b);
}

/** [1] for one value, [C] along the last axis, else 1 in the place of every axis that is not kept. */
function constantShape(shape: readonly number[], axes: readonly number[]): readonly number[] {
  if (axes.length === 0) return [1];
  const last = shape.length - 1;
  if (axes.length === 1 && axes[0] === last) return [shape[last]!];
  return shape.map((size, d) => (axes.includes(d) ? size : 1));
}

function statistic(call: LayerCall, name: 'mean' | 'variance', kept: readonly number[]): readonly number[] {
  if (!isGiven(call.settings)) return [...call.weight(name, kept)];
  const value = setting(call.settings, name);
  const numbers = numbersIn(value) ?? invalidConfig(`${name} is not made of numbers`, `layer ${call.settings.layer}`);
  return spread(call, name, numbers, nestedShape(value), kept);
}

/** Lengths of lists within lists, from outside. */
function nestedShape(value: Json | undefined): readonly number[] {
  return isList(value) ? [value.length, ...nestedShape(value[0])] : [];
}

/** The numbers broadcast to the kept axes, dimensions aligned at the end. */
function spread(
  call: LayerCall,
  name: string,
  numbers: readonly number[],
  given: readonly number[],
  kept: readonly number[],
): readonly number[] {
  const from = given.slice(Math.max(0, given.length - kept.length));
  const own = [...new Array<number>(kept.length - from.length).fill(1), ...from];
  const count = own.reduce((product, size) => product * size, 1);
  if (numbers.length !== count || own.some((size, d) => size !== 1 && size !== kept[d])) {
    return badShape(
      `its ${name} has the shape [${given.join(', ')}] for axes of the sizes [${kept.join(', ')}]`,
      call.graph.origin,
      'give one value, or one per position along the axes',
    );
  }
  const total = kept.reduce((product, size) => product * size, 1);
  return Array.from({ length: total }, (_, flat) => {
    let rest = flat;
    let index = 0;
    let step = 1;
    for (let d = kept.length - 1; d >= 0; d--) {
      if (own[d] !== 1) index += (rest % kept[d]!) * step;
      step *= own[d]!;
      rest = Math.floor(rest / kept[d]!);
    }
    return numbers[index]!;
  });
}
