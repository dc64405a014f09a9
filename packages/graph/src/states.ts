// The states of a graph: what its operators keep from one run to the next.
import { allocate, type TensorData } from './data-type.js';
import { tensorAt, type Graph, type TensorId } from './ir.js';
import { positionsOf } from './operands-of.js';
import { elementCount } from './shape.js';

/** Values of the states by tensor. A run changes them in place. */
export type States = ReadonlyMap<TensorId, TensorData>;

/** In the order of the nodes. */
export function statesOf({ nodes }: Pick<Graph, 'nodes'>): TensorId[] {
  return nodes.flatMap((node) =>
    positionsOf(node, 'state').flatMap((position) => {
      const id = node.inputs[position];
      return id === null || id === undefined ? [] : [id];
    }),
  );
}

/** As they are before the first run: real zeros. */
export function freshStates(graph: Graph): States {
  const states = new Map(
    statesOf(graph).map((id) => {
      const { dtype, shape } = tensorAt(graph, id);
      return [id, allocate(dtype, elementCount(shape))];
    }),
  );
  resetStates(graph, states);
  return states;
}

/** Real zeros again. */
export function resetStates(graph: Graph, states: States): void {
  for (const [id, values] of states) {
    const { dtype, quantization } = tensorAt(graph, id);
    values.fill((dtype === 'int8' ? (quantization?.zeroPoint[0] ?? 0) : 0) as never);
  }
}
