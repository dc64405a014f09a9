// Keras activations as nodes: what `activation=` and the activation layers mean.
import type { TensorId } from '@wherry/graph';
import { entry, isObject, type Json } from './json.js';
import type { LayerCall } from './layer-definition.js';
import type { LayerGraph } from './layer-graph.js';
import { setting, type Settings } from './settings.js';
import { unsupportedOption } from './refuse.js';

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
  leaky_relu: (graph, x) => rectify(graph, x, { slope: 0.2, max: undefined }),
};

const FIXES: Readonly<Record<string, string>> = {
  elu: 'use relu or tanh',
  selu: 'use relu with BatchNormalization',
  gelu: 'use relu or swish',
  softplus: 'use relu',
  softsign: 'use tanh',
  mish: 'use swish',
  exponential: 'leave it out and take the exponential of the result on the device',
  log_softmax: 'use softmax',
};

/** Applies the activation that `key` names in the settings; none when it is left out. */
export function applyActivation(call: LayerCall, x: TensorId, key = 'activation'): TensorId {
  const name = activationName(call.settings, setting(call.settings, key) ?? 'linear');
  return activate(call, x, name);
}

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

/** A text, or an object with the name in `config` (a registered function) or in `class_name` (a layer). */
function activationName(settings: Settings, value: Json): string {
  if (typeof value === 'string') return value;
  if (isObject(value)) {
    const config = entry(value, 'config');
    if (typeof config === 'string') return config;
    const className = entry(value, 'class_name');
    if (typeof className === 'string') return className;
  }
  return unsupportedOption(
    'its activation is not given by name',
    settings.layer,
    'give the activation as a text such as "relu"',
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

/** min(max, x) for x >= 0 and slope * x below. Other bounds than 6 are scaled onto RELU6. */
export function rectify(
  graph: LayerGraph,
  x: TensorId,
  options: { readonly slope: number; readonly max: number | undefined },
): TensorId {
  if (options.max === undefined && options.slope !== 0) return graph.add('LEAKY_RELU', [x], { alpha: options.slope });
  const positive = clipAbove(graph, x, options.max);
  if (options.slope === 0) return positive;
  const negative = graph.add('RELU', [scale(graph, x, 'minus_one', -1)], {});
  return graph.add('SUB', [positive, scale(graph, negative, 'negative_slope', options.slope)], {});
}

function clipAbove(graph: LayerGraph, x: TensorId, max: number | undefined): TensorId {
  if (max === undefined) return graph.add('RELU', [x], {});
  if (max === 6) return graph.add('RELU6', [x], {});
  if (!(max > 0))
    return unsupportedOption(`a rectifier with the upper bound ${max}`, graph.origin, 'use a positive max_value');
  const clipped = graph.add('RELU6', [scale(graph, x, 'to_six', 6 / max)], {});
  return scale(graph, clipped, 'from_six', max / 6);
}

/** x times a scalar. */
export function scale(graph: LayerGraph, x: TensorId, name: string, factor: number): TensorId {
  return factor === 1 ? x : graph.add('MUL', [x, scalar(graph, name, factor)], {});
}

/** x plus a scalar. */
export function shift(graph: LayerGraph, x: TensorId, name: string, summand: number): TensorId {
  return summand === 0 ? x : graph.add('ADD', [x, scalar(graph, name, summand)], {});
}

/** One element; a dimension of its own, since some runtimes do not broadcast a shape without any. */
function scalar(graph: LayerGraph, name: string, value: number): TensorId {
  return graph.parameter(name, [1], () => Float32Array.of(value));
}
