// What reconstruction takes beside the runs of the graphs, in seconds on a usual machine: counted, not measured.
import { elementCount, tensorAt, type Graph } from '@wherry/graph';
import { isSeparate, placesToRead } from './layer-moments.js';
import { ownLayers } from './own-layers.js';
import { shortRow } from './round-row.js';

/** Plain code on a slow core. */
const productsPerSecond = 5e8;
/** Scales that are tried, and about as many sweeps over the weights as it takes. */
const tries = 20;
/** Of a row with few weights there are more scales, and pairs. */
const triesOfShort = 200;

/** `greatest`: integer of the weights. `tellsCut`: see `ReconstructOptions`. */
export function reconstructionSeconds(graph: Graph, samples: number, greatest: number, tellsCut: boolean): number {
  const products = ownLayers(graph).map(({ node, layer }) => {
    const length = layer.weights.length / layer.channels;
    const places = elementCount(tensorAt(graph, node.outputs[0]!).shape) / layer.channels;
    const read = Math.min(samples * places, placesToRead(length));
    // Of a grouped layer every group has a matrix of its own.
    const isOwn = tellsCut && isSeparate(node, length, greatest);
    const groups = layer.axis === layer.shape.length - 1 || isOwn ? layer.channels : 1;
    return (
      read * (groups * length ** 2 + 2 * layer.weights.length) +
      (length <= shortRow ? triesOfShort : tries) * layer.weights.length * length
    );
  });
  return products.reduce((sum, each) => sum + each, 0) / productsPerSecond;
}
