// The sizes in which host and device speak of a model.
import { byteLength, elementCount, tensorAt, type Graph, type TensorId } from '@wherry/graph';

export interface ModelLayout {
  /** Bytes of each. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly operators: number;
  /** What operators write, in the order of execution. */
  readonly tensors: readonly { readonly operator: number; readonly bytes: number }[];
}

export function modelLayout(graph: Graph): ModelLayout {
  const bytes = (id: TensorId): number => {
    const { dtype, shape } = tensorAt(graph, id);
    return byteLength(dtype, elementCount(shape));
  };
  return {
    inputs: graph.inputs.map(bytes),
    outputs: graph.outputs.map(bytes),
    operators: graph.nodes.length,
    tensors: graph.nodes.flatMap(({ outputs }, operator) => outputs.map((id) => ({ operator, bytes: bytes(id) }))),
  };
}
