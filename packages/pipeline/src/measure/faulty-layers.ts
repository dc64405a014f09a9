// Which layers compute something else than the reference on the very inputs that the device gave them.
import { freshStates, runNode, type Graph, type TensorData } from '@wherry/graph';
import { bytesOf, dataOf } from './tensor-bytes.js';
import { compareTensors, type TensorDifference } from './tensor-difference.js';

export interface FaultyTensor {
  /** Its position among those that operators write. */
  readonly tensor: number;
  readonly difference: TensorDifference;
}

/** `onDevice`: what operators wrote there, in the order of execution. */
export function faultyLayers(
  graph: Graph,
  feeds: readonly TensorData[],
  onDevice: readonly Uint8Array[],
): readonly FaultyTensor[] {
  const values = graph.tensors.map(({ data }) => data);
  for (const [id, data] of freshStates(graph)) values[id] = data;
  graph.inputs.forEach((id, position) => (values[id] = feeds[position]));
  let next = 0;
  return graph.nodes.flatMap((node) => {
    runNode(graph, node, values, 'double');
    return node.outputs.flatMap((id) => {
      const tensor = next++;
      const device = onDevice[tensor]!;
      const difference = compareTensors(graph, id, bytesOf(values[id]!), device);
      // What follows is judged by what the device had.
      values[id] = dataOf(graph, id, device);
      return typeof difference === 'string' ? [] : [{ tensor, difference }];
    });
  });
}
