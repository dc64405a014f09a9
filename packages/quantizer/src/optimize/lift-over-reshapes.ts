// Brings arithmetic and activations in front of reshapes: next to the layer that they can become a part of, as Conv1D and
// BatchNormalization are one layer, and out from between two reshapes, which then cancel.
import {
  elementCount,
  GraphEditor,
  operatorOf,
  sameShape,
  tensorAt,
  weightedOperands,
  type Graph,
  type Node,
  type Shape,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import { isReshape } from './merge-reshapes.js';
import { hasNoActivation, writerOf } from './neighbours.js';
import { untilNone, type Rewrite } from './rewrite.js';

export const liftOverReshapes: Rewrite = {
  name: 'lift-over-reshapes',
  what: 'brought arithmetic and activations in front of reshapes, next to the layers before them',
  apply: untilNone(findIsland, lift),
};

/** Elementwise nodes that hang together, all of one shape, and whatever flows into them comes from reshapes of another. */
interface Island {
  readonly nodes: ReadonlySet<Node>;
  /** Any of the reshapes in front: all do the same. */
  readonly reshape: Node;
  /** By what a reshape writes: what it reads. */
  readonly sources: ReadonlyMap<TensorId, TensorId>;
  /** How many tensors others than reshapes read of it: each needs the old shape. */
  readonly exits: number;
}

function findIsland(graph: Graph): Island | undefined {
  for (const reshape of graph.nodes) {
    if (!isReshape(reshape)) continue;
    const island = islandBehind(graph, reshape);
    if (island !== undefined && isWorthwhile(graph, island)) return island;
  }
  return undefined;
}

/** What can be computed in the shape that `reshape` reads, as far as it hangs together with it. */
function islandBehind(graph: Graph, reshape: Node): Island | undefined {
  const [before, after] = [shapeOf(graph, reshape.inputs[0]!), shapeOf(graph, reshape.outputs[0]!)];
  const entries = graph.nodes.filter(
    (node) =>
      isReshape(node) &&
      sameShape(shapeOf(graph, node.inputs[0]!), before) &&
      sameShape(shapeOf(graph, node.outputs[0]!), after),
  );
  const available = new Set<TensorId>(entries.map((entry) => entry.outputs[0]!));
  const candidates = graph.nodes.filter((node) => {
    const movable = canMove(graph, node, available, before, after);
    if (movable) available.add(node.outputs[0]!);
    return movable;
  });
  const nodes = connected(graph, candidates, reshape.outputs[0]!);
  if (nodes.size === 0) return undefined;
  const read = new Set([...nodes].flatMap(({ inputs }) => inputs));
  const sources = entries.filter(({ outputs }) => read.has(outputs[0]!));
  return {
    nodes,
    reshape,
    sources: new Map(sources.map(({ inputs, outputs }) => [outputs[0]!, inputs[0]!])),
    exits: [...nodes].filter(({ outputs }) => isNeeded(graph, outputs[0]!, nodes)).length,
  };
}

function canMove(graph: Graph, node: Node, available: ReadonlySet<TensorId>, before: Shape, after: Shape): boolean {
  if (operatorOf(node.kind).traits.elementwise !== true || node.outputs.length !== 1) return false;
  // No more than the shape may change: not the type, and no operand may be broadcast to it that does not say how before it.
  return [...node.inputs, ...node.outputs].every((id) => {
    if (id === null || tensorAt(graph, id).dtype !== 'float32') return false;
    if (id === node.outputs[0]) return sameShape(shapeOf(graph, id), after);
    return tensorAt(graph, id).data === undefined
      ? available.has(id)
      : shapeBefore(shapeOf(graph, id), before, after) !== undefined;
  });
}

/** The shape in which a constant of `shape` does before the reshape what it does behind it. */
function shapeBefore(shape: Shape, before: Shape, after: Shape): Shape | undefined {
  const count = elementCount(shape);
  if (count === 1) return [1];
  if (count === elementCount(after)) return before;
  const channels = after.at(-1);
  return before.at(-1) === channels && shape.at(-1) === channels && count === channels ? [count] : undefined;
}

/** Of `candidates`, those that what flows through them connects with `start`. */
function connected(graph: Graph, candidates: readonly Node[], start: TensorId): Set<Node> {
  const reached = new Set<TensorId>([start]);
  const found = new Set<Node>();
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const node of candidates) {
      const flowing = [...node.inputs, ...node.outputs].filter((id) => tensorAt(graph, id!).data === undefined);
      if (found.has(node) || !flowing.some((id) => reached.has(id!))) continue;
      found.add(node);
      flowing.forEach((id) => reached.add(id!));
    }
  }
  return found;
}

/** Reshapes do not need it: they take the values in any shape. */
function isNeeded(graph: Graph, id: TensorId, without: ReadonlySet<Node>): boolean {
  return (
    graph.outputs.includes(id) ||
    graph.nodes.some((node) => node.inputs.includes(id) && !without.has(node) && !isReshape(node))
  );
}

/** There must be no more reshapes than before; fewer of them, or a layer to become a part of, is the gain. */
function isWorthwhile(graph: Graph, { nodes, sources, exits }: Island): boolean {
  const spared = [...sources.keys()].filter((id) => !isNeeded(graph, id, nodes)).length;
  if (exits !== spared) return exits < spared;
  return [...sources.values()].some((id) => {
    const writer = writerOf(graph, id);
    return writer !== undefined && weightedOperands(writer.kind) !== undefined && hasNoActivation(writer);
  });
}

function lift(graph: Graph, { nodes, reshape, sources }: Island): Graph {
  const [before, after] = [shapeOf(graph, reshape.inputs[0]!), shapeOf(graph, reshape.outputs[0]!)];
  const editor = new GraphEditor(graph);
  const lifted = new Map<TensorId, TensorId>(sources);
  const inputBefore = (id: TensorId): TensorId => {
    const tensor = tensorAt(graph, id);
    if (tensor.data === undefined) return lifted.get(id)!;
    return editor.addTensor({ ...tensor, shape: shapeBefore(tensor.shape, before, after)! });
  };
  for (const node of graph.nodes) {
    if (!nodes.has(node)) continue;
    const [output] = node.outputs as readonly [TensorId];
    const own = editor.addTensor(reshaped(tensorAt(graph, output), before));
    lifted.set(output, own);
    const inputs = node.inputs.map((id) => inputBefore(id!));
    // Where only reshapes read it, they are one with this reshape afterwards.
    const back = { ...reshape, inputs: [own, ...reshape.inputs.slice(1)], outputs: [output] };
    editor.replaceNode(node, { ...node, inputs, outputs: [own] }, back);
  }
  return editor.finish();
}

/** What is known of its channels holds where they stay what they are. */
function reshaped(tensor: Tensor, shape: Shape): Tensor {
  const moments = shape.at(-1) === tensor.shape.at(-1) ? tensor.moments : undefined;
  return { ...tensor, shape, moments };
}

function shapeOf(graph: Graph, id: TensorId): Shape {
  return tensorAt(graph, id).shape;
}
