// Which layers compute something else than the reference on the very inputs that the device gave them.
import { freshStates, runNode, type Graph, type TensorData } from '@wherry/graph';
import { bytesOf, dataOf } from './tensor-bytes.js';
import { firstDifference, type TensorDifference } from './tensor-difference.js';

export interface FaultyLayer {
  readonly operator: number;
  /** Among the operator's outputs. */
  readonly output: number;
  readonly difference: TensorDifference;
}

/** `onDevice`: what operators wrote there, in the order of execution. */
export function faultyLayers(
  graph: Graph,
  feeds: readonly TensorData[],
  onDevice: readonly Uint8Array[],
): readonly FaultyLayer[] {
  const values = graph.tensors.map(({ data }) => data);
  for (const [id, data] of freshStates(graph)) values[id] = data;
  graph.inputs.forEach((id, position) => (values[id] = feeds[position]));
  let tensor = 0;
  return graph.nodes.flatMap((node, operator) => {
    runNode(graph, node, values, 'double');
    return node.outputs.flatMap((id, output) => {
      const device = onDevice[tensor++]!;
      const difference = firstDifference(graph, id, bytesOf(values[id]!), device);
      // What follows is judged by what the device had.
      values[id] = dataOf(graph, id, device);
      return difference === null ? [] : [{ operator, output, difference }];
    });
  });
}
