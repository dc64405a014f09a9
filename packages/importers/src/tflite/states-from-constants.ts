// States that a converter gave their first values by a DEQUANTIZE of a constant: float16 files of recurrent layers.
import { statesOf, widenHalf, type Graph, type TensorId } from '@wherry/graph';
import { unsupportedFeature } from './refuse.js';
import { withoutUnused } from './without-unused.js';

/** The runtime converts such a constant once; of zeros it is what a state begins with anyway. Throws TFLITE_UNSUPPORTED. */
export function statesFromConstants(graph: Graph): Graph {
  const states = new Set<TensorId | undefined>(statesOf(graph));
  const nodes = graph.nodes.filter(({ kind, inputs, outputs: [target] }) => {
    const source = graph.tensors[inputs[0] ?? -1];
    if (kind !== 'DEQUANTIZE' || !states.has(target) || source?.dtype !== 'float16' || source.data === undefined)
      return true;
    if (!(source.data as Uint16Array).every((half) => widenHalf(half) === 0))
      unsupportedFeature(
        'it is the state of an operator and begins with other values than 0',
        `tensor ${graph.tensors[target!]!.name}`,
        'convert the model with initial states of zero, or make the state an input and an output of the model',
      );
    return false;
  });
  return nodes.length === graph.nodes.length ? graph : withoutUnused({ ...graph, nodes });
}
