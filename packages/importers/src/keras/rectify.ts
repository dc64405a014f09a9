// Rectifiers of any slope and bound, and arithmetic with one number, from the operators there are.
import type { TensorId } from '@wherry/graph';
import type { LayerGraph } from './layer-graph.js';
import { unsupportedOption } from './refuse.js';

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
