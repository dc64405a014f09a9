// Whether a float graph has channels of which next to nothing comes: integers may prove them constant, and then they go.
import type { Graph } from '@wherry/graph';
import { weightedLayer, channelOf } from '../optimize/weighted-layer.js';

/** Of the greatest weight of the layer: batch normalization leaves such rows of channels that died in training. */
const negligible = 1 / 256;

/** True where a layer's filter has a row of weights that are all negligible beside the others, or all zero. */
export function mayShrink(graph: Graph): boolean {
  return graph.nodes.some((node) => {
    const layer = weightedLayer(graph, node);
    if (layer === undefined) return false;
    const greatest = new Float64Array(layer.channels);
    layer.weights.forEach((weight, i) => {
      const channel = channelOf(layer, i);
      greatest[channel] = Math.max(greatest[channel]!, Math.abs(weight));
    });
    const most = greatest.reduce((a, b) => Math.max(a, b), 0);
    return greatest.some((each) => each <= most * negligible);
  });
}
