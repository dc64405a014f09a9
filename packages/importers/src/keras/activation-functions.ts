// The activation functions of Keras as nodes, by name.
import type { TensorId } from '@wherry/graph';
import type { LayerCall } from './layer-definition.js';
import type { LayerGraph } from './layer-graph.js';
import { rectify, scale, shift } from './rectify.js';
import { unsupportedOption } from './refuse.js';
import { elu, mish, selu, softplus, softsign } from './smooth-activations.js';

type Activate = (graph: LayerGraph, x: TensorId, kerasVersion: number) => TensorId;

const ACTIVATIONS: Readonly<Record<string, Activate>> = {
  linear: (_graph, x) => x,
  relu: (graph, x) => graph.add('RELU', [x], {}),
  relu6: (graph, x) => graph.add('RELU6', [x], {}),
  sigmoid: (graph, x) => graph.add('LOGISTIC', [x], {}),
  tanh: (graph, x) => graph.add('TANH', [x], {}),
  softmax: (graph, x) => softmax(graph, x, -1),
  swish: silu,
  silu,
  hard_sigmoid: hardSigmoid,
  hard_swish: hardSwish,
  hard_silu: hardSwish,
  elu: (graph, x) => elu(graph, x, 1),
  selu,
  gelu: (graph, x) => graph.add('GELU', [x], { approximate: false }),
  softplus,
  softsign,
  mish,
  exponential: (graph, x) => graph.add('EXP', [x], {}),
  leaky_relu: (graph, x) => rectify(graph, x, { slope: 0.2, max: undefined }),
};

const FIXES: Readonly<Record<string, string>> = { log_softmax: 'use softmax' };

export function activate(call: LayerCall, x: TensorId, name: string): TensorId {
  const apply = Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  if (apply !== undefined) return apply(call.graph, x, call.kerasVersion);
  const fix = Object.hasOwn(FIXES, name) ? FIXES[name]! : `use one of ${Object.keys(ACTIVATIONS).join(', ')}`;
  return unsupportedOption(
    `the activation ${name} cannot be imported`,
    call.settings.layer,
    `${fix}, and train the model again`,
  );
}

/** Softmax along any axis; other axes than the last are moved there and back. */
export function softmax(graph: LayerGraph, x: TensorId, axis: number): TensorId {
  const rank = graph.shape(x).length;
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 1 || at >= rank) {
    return unsupportedOption(`softmax along axis ${axis} of ${rank} dimensions`, graph.origin, 'use axis=-1');
  }
  if (at === rank - 1) return graph.add('SOFTMAX', [x], { beta: 1 });
  const swap = Array.from({ length: rank }, (_, d) => (d === at ? rank - 1 : d === rank - 1 ? at : d));
  const moved = graph.add('TRANSPOSE', [x, graph.indices('to_last', swap)], {});
  const result = graph.add('SOFTMAX', [moved], { beta: 1 });
  return graph.add('TRANSPOSE', [result, graph.indices('from_last', swap)], {});
}

function silu(graph: LayerGraph, x: TensorId): TensorId {
  return graph.add('MUL', [x, graph.add('LOGISTIC', [x], {})], {});
}

/** Keras 2: clip(0.2 x + 0.5, 0, 1). Keras 3: relu6(x + 3) / 6. Both through RELU6, whose upper bound is 6. */
function hardSigmoid(graph: LayerGraph, x: TensorId, kerasVersion: number): TensorId {
  const scaled = kerasVersion >= 3 ? x : scale(graph, x, 'slope', 1.2);
  const clipped = graph.add('RELU6', [shift(graph, scaled, 'three', 3)], {});
  return scale(graph, clipped, 'sixth', 1 / 6);
}

function hardSwish(graph: LayerGraph, x: TensorId): TensorId {
  return graph.add('MUL', [x, hardSigmoid(graph, x, 3)], {});
}
