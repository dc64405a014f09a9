// Dense: a matrix product along the last dimension.
import { applyActivation } from '../activation.js';
import type { LayerTable } from '../layer-definition.js';
import { badShape } from '../refuse.js';
import { booleanSetting, sizeSetting } from '../settings.js';

/** [in, out], as Keras stores it, to [out, in]. */
function transpose(values: Float32Array, inputs: number, outputs: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) result[o * inputs + i] = values[i * outputs + o]!;
  }
  return result;
}

export const denseLayers: LayerTable = {
  Dense: {
    variables: (settings) => ({
      trainable: booleanSetting(settings, 'use_bias', true) ? ['kernel', 'bias'] : ['kernel'],
    }),
    build: (call) => {
      const { graph, settings } = call;
      const input = call.inputs[0]!;
      const shape = graph.shape(input);
      const units = sizeSetting(settings, 'units', 1);
      const inputs = shape.at(-1);
      if (inputs === undefined || shape.length < 2)
        return badShape('it takes at least 2 dimensions', graph.origin, 'add a Reshape layer in front of it');
      const kernel = graph.parameter('kernel', [units, inputs], () =>
        transpose(call.weight('kernel', [inputs, units]), inputs, units),
      );
      const bias = booleanSetting(settings, 'use_bias', true)
        ? [graph.parameter('bias', [units], () => call.weight('bias', [units]))]
        : [];
      const attributes = { keepNumDims: shape.length > 2 };
      return applyActivation(call, graph.add('FULLY_CONNECTED', [input, kernel, ...bias], attributes));
    },
  },
};
