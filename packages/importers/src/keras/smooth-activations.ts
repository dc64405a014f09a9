// Activations of exponentials, logarithms and roots, from the operators there are.
import type { TensorId } from '@wherry/graph';
import type { LayerGraph } from './layer-graph.js';
import { scale, shift } from './rectify.js';

/** x where it is positive, alpha * (exp(x) - 1) elsewhere: ELU keeps signs, so that alpha is a slope behind it. */
export function elu(graph: LayerGraph, x: TensorId, alpha: number): TensorId {
  const bent = graph.add('ELU', [x], {});
  return alpha === 1 ? bent : graph.add('LEAKY_RELU', [bent], { alpha });
}

/** ELU with the two constants that keep mean and variance. */
export function selu(graph: LayerGraph, x: TensorId): TensorId {
  return scale(graph, elu(graph, x, 1.6732632423543772), 'selu_scale', 1.0507009873554805);
}

/** log(1 + exp(x)) as max(x, 0) + log(1 + exp(-|x|)): no exponential leaves what a float32 or a scale can hold. */
export function softplus(graph: LayerGraph, x: TensorId): TensorId {
  const away = scale(graph, graph.add('ABS', [x], {}), 'minus_one', -1);
  const rest = graph.add('LOG', [shift(graph, graph.add('EXP', [away], {}), 'one', 1)], {});
  return graph.add('ADD', [graph.add('RELU', [x], {}), rest], {});
}

export function mish(graph: LayerGraph, x: TensorId): TensorId {
  return graph.add('MUL', [x, graph.add('TANH', [softplus(graph, x)], {})], {});
}

/** x / (1 + |x|), the quotient as the square of 1 / sqrt(1 + |x|): integers have a root, but no division. */
export function softsign(graph: LayerGraph, x: TensorId): TensorId {
  const root = graph.add('RSQRT', [shift(graph, graph.add('ABS', [x], {}), 'one', 1)], {});
  return graph.add('MUL', [x, graph.add('MUL', [root, root], {})], {});
}
