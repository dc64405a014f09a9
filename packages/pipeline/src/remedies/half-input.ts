// The same layers on a picture of half the height and width, where their shapes allow that.
import { inferOutputs, tensorAt, WherryError, type Graph, type Shape, type Tensor } from '@wherry/graph';

/** Smaller pictures are no pictures. */
const leastSide = 4;

/**
 * Undefined where it is no single input [1, height, width, channels], or where a layer works on that size alone (a dense
 * layer behind all positions, a fixed shape).
 */
export function halfInput(graph: Graph): Graph | undefined {
  const [input, ...others] = graph.inputs;
  const shape = input === undefined ? undefined : tensorAt(graph, input).shape;
  if (input === undefined || others.length > 0 || shape?.length !== 4) return undefined;
  const half = shape.map((size, dimension) => (dimension === 1 || dimension === 2 ? halved(size) : size));
  if (half.slice(1, 3).some((size) => size !== 1 && size < leastSide) || half.every((size, i) => size === shape[i]))
    return undefined;
  const tensors = [...graph.tensors];
  tensors[input] = { ...tensorAt(graph, input), shape: half };
  try {
    for (const node of graph.nodes) {
      const operands = node.inputs.map((id) => (id === null ? undefined : tensors[id]));
      inferOutputs(node, operands).forEach(({ shape: inferred }, position) => {
        const id = node.outputs[position]!;
        if (inferred === null || inferred.includes(0)) throw new RangeError('no shape');
        tensors[id] = { ...tensors[id]!, shape: inferred } satisfies Tensor;
      });
    }
  } catch (error) {
    if (error instanceof WherryError || error instanceof RangeError) return undefined;
    throw error;
  }
  return { ...graph, tensors };
}

function halved(size: Shape[number]): number {
  return size === 1 ? 1 : size >> 1;
}
