// Activations as layers of their own.
import type { TensorId } from '@wherry/graph';
import { activateByLayer } from '../activation-layer.js';
import { applyActivation } from '../activation.js';
import { isList } from '../json.js';
import type { LayerCall, LayerDefinition, LayerTable } from '../layer-definition.js';
import { badShape } from '../refuse.js';
import { isSize, setting } from '../settings.js';

/** The axes that share a slope: counted from 1, since the batch stays in front. */
function sharedAxes({ settings, graph }: LayerCall, rank: number): readonly number[] {
  const value = setting(settings, 'shared_axes') ?? [];
  const axes = isList(value) ? value : [value];
  if (!axes.every((axis) => isSize(axis, 1) && axis < rank)) {
    badShape(
      `shared_axes ${JSON.stringify(value)} are not all of its dimensions 1 to ${rank - 1}`,
      graph.origin,
      'count the dimensions behind the batch from 1',
    );
  }
  return axes as number[];
}

/** One slope for each value of a sample, but along the axes that share one. */
function prelu(call: LayerCall): TensorId {
  const { graph } = call;
  const input = call.inputs[0]!;
  const shape = graph.shape(input);
  const shared = sharedAxes(call, shape.length);
  const slopes = shape.slice(1).map((size, d) => (shared.includes(d + 1) ? 1 : size));
  const alpha = graph.parameter('alpha', slopes, () => call.weight('alpha', slopes));
  return graph.add('PRELU', [input, alpha], {});
}

const byLayer: LayerDefinition = { build: (call) => activateByLayer(call, call.inputs[0]!) };

export const activationLayers: LayerTable = {
  Activation: { build: (call) => applyActivation(call, call.inputs[0]!) },
  ReLU: byLayer,
  LeakyReLU: byLayer,
  Softmax: byLayer,
  ELU: byLayer,
  PReLU: { variables: () => ({ trainable: ['alpha'] }), build: prelu },
};
