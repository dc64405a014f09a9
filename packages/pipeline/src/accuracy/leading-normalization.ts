// Finds the normalization that a model begins with, as the mean and standard deviation it amounts to.
import { elementCount, evaluate, operatorOf, tensorAt, type Graph, type Node, type TensorId } from '@wherry/graph';

export interface Normalization {
  /** The user's layer. */
  readonly layer: string;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** Where the arithmetic is tried out: far from the means of usual inputs, so that little is lost by rounding. */
const far = 4096;

/** Undefined where the input does not go through arithmetic with constants, value by value and straight, first. */
export function leadingNormalization(graph: Graph, input: TensorId): Normalization | undefined {
  const nodes: Node[] = [];
  let at = input;
  for (let next = onlyStep(graph, at); next !== undefined; next = onlyStep(graph, at)) {
    nodes.push(next);
    at = next.outputs[0]!;
  }
  const [first] = nodes;
  if (first === undefined) return undefined;
  const part: Graph = { ...graph, nodes, inputs: [input], outputs: [at] };
  const count = elementCount(tensorAt(graph, input).shape);
  const [zero, above, below] = [0, far, -far].map(
    (value) => evaluate(part, [new Float32Array(count).fill(value)])[0] as Float32Array,
  );
  const std: number[] = [];
  const mean: number[] = [];
  for (let i = 0; i < count; i++) {
    const slope = (above![i]! - below![i]!) / (2 * far);
    const straight = Math.abs(above![i]! + below![i]! - 2 * zero![i]!) <= 1e-3 * far * Math.abs(slope);
    if (slope === 0 || !straight) return undefined;
    std.push(1 / slope);
    mean.push(-zero![i]! / slope);
  }
  return { layer: first.origin, mean, std };
}

/** The one reader of a value, if it does arithmetic with a constant and keeps the shape. */
function onlyStep(graph: Graph, id: TensorId): Node | undefined {
  const readers = graph.nodes.filter((node) => node.inputs.includes(id));
  const [node] = readers;
  if (node === undefined || readers.length > 1 || graph.outputs.includes(id) || node.inputs.length !== 2)
    return undefined;
  const constant = node.inputs.every(
    (other) => other !== null && (other === id || tensorAt(graph, other).data !== undefined),
  );
  const same =
    elementCount(tensorAt(graph, node.outputs[0]!).shape) === elementCount(tensorAt(graph, id).shape) &&
    node.inputs[0] !== node.inputs[1];
  return constant && same && operatorOf(node.kind).traits.elementwise === true ? node : undefined;
}
