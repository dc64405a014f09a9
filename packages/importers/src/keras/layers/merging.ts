// Layers of several inputs: Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate.
import type { TensorId } from '@wherry/graph';
import { scale } from '../rectify.js';
import { add, maximum, minimum, multiply, subtract, type Arithmetic } from '../arithmetic.js';
import type { LayerCall, LayerDefinition, LayerTable } from '../layer-definition.js';
import { badShape } from '../refuse.js';
import { numberSetting } from '../settings.js';

function inputsOf(call: LayerCall, least: number): readonly TensorId[] {
  const { graph, inputs } = call;
  if (inputs.length < least)
    badShape(`it takes ${least} inputs or more, it has ${inputs.length}`, graph.origin, 'connect the missing inputs');
  const ranks = new Set(inputs.map((id) => graph.shape(id).length));
  if (ranks.size > 1)
    badShape(
      'its inputs differ in their number of dimensions',
      graph.origin,
      'add a Reshape layer in front of the smaller input',
    );
  return inputs;
}

function chain(combine: Arithmetic, least: number): LayerDefinition['build'] {
  return (call) => inputsOf(call, least).reduce((sum, next) => combine(call.graph, sum, next));
}

function average(call: LayerCall): TensorId {
  return scale(call.graph, chain(add, 1)(call), 'share', 1 / call.inputs.length);
}

function subtractTwo(call: LayerCall): TensorId {
  if (call.inputs.length !== 2)
    badShape(`it takes 2 inputs, it has ${call.inputs.length}`, call.graph.origin, 'give it exactly two inputs');
  return chain(subtract, 2)(call);
}

/** Axes count the batch, which cannot be joined along: a microcontroller runs one sample. */
function concatenate(call: LayerCall): TensorId {
  const inputs = inputsOf(call, 1);
  const rank = call.graph.shape(inputs[0]!).length;
  const given = numberSetting(call.settings, 'axis', -1);
  const axis = given < 0 ? given + rank : given;
  if (!Number.isInteger(axis) || axis < 1 || axis >= rank)
    badShape(`axis ${given} is none of its ${rank} dimensions`, call.graph.origin, 'use axis=-1');
  return inputs.length === 1 ? inputs[0]! : call.graph.add('CONCATENATION', inputs, { axis });
}

export const mergingLayers: LayerTable = {
  Add: { build: chain(add, 1) },
  Subtract: { build: subtractTwo },
  Multiply: { build: chain(multiply, 1) },
  Average: { build: average },
  Maximum: { build: chain(maximum, 1) },
  Minimum: { build: chain(minimum, 1) },
  Concatenate: { build: concatenate },
};
