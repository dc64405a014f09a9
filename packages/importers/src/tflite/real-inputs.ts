// Inputs of whole numbers that a float model turns into real ones itself: taken as real numbers from the start.
import {
  operatorOf,
  type Diagnostic,
  type Graph,
  type Node,
  type Tensor,
  type TensorId,
  positionsOf,
} from '@wherry/graph';
import { realInputWarning } from '../real-input-warning.js';
import { unsupportedFeature } from './refuse.js';
import { withoutUnused } from './without-unused.js';

interface WithRealInputs {
  readonly graph: Graph;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Removes the CAST to float32 behind each input of whole numbers; what only moves the values in between moves real ones
 * then. Quantized inputs are left as they are. Throws TFLITE_UNSUPPORTED where the integers are used in another way.
 */
export function realInputs(graph: Graph): WithRealInputs {
  const integers = graph.inputs.filter((id) => isInteger(graph.tensors[id]!));
  if (integers.length === 0) return { graph, warnings: [] };
  const real = new Set<TensorId>();
  const sourceOf = new Map<TensorId, TensorId>();
  for (const input of integers) follow(graph, input, real, sourceOf);
  const move = (id: TensorId): TensorId => sourceOf.get(id) ?? id;
  const nodes = graph.nodes
    .filter(({ outputs: [output] }) => output === undefined || !sourceOf.has(output))
    .map((node) => ({ ...node, inputs: node.inputs.map((id) => (id === null ? null : move(id))) }));
  const tensors = graph.tensors.map((tensor, id): Tensor => (real.has(id) ? { ...tensor, dtype: 'float32' } : tensor));
  return {
    graph: withoutUnused({ ...graph, tensors, nodes, outputs: graph.outputs.map(move) }),
    warnings: integers.map((id) => realInputWarning(graph.tensors[id]!)),
  };
}

function isInteger({ dtype, quantization }: Tensor): boolean {
  return !dtype.startsWith('float') && quantization === undefined;
}

/** Marks in `real` what carries the input's values, and in `sourceOf` the outputs of casts, with what they cast. */
function follow(graph: Graph, input: TensorId, real: Set<TensorId>, sourceOf: Map<TensorId, TensorId>): void {
  real.add(input);
  const { name, dtype } = graph.tensors[input]!;
  for (const node of graph.nodes) {
    const at = node.inputs.findIndex((id) => id !== null && real.has(id));
    if (at < 0 || node.kind === 'SHAPE') continue;
    const output = node.outputs[0]!;
    const source = node.inputs[at]!;
    const isCast = node.kind === 'CAST' && graph.tensors[output]?.dtype === 'float32';
    if (isCast) sourceOf.set(output, source);
    else if (carries(graph, node, real)) node.outputs.forEach((id) => real.add(id));
    else
      unsupportedFeature(
        `the input ${name} takes ${dtype}, and ${node.kind} computes with these integers`,
        node.origin,
        'convert from a model that takes float32; do look-ups and integer arithmetic in front of the model',
      );
  }
}

/** Only moves values, and all values it moves are the input's. */
function carries(graph: Graph, node: Node, real: ReadonlySet<TensorId>): boolean {
  const { traits } = operatorOf(node.kind);
  const moved = positionsOf(node, 'activation').map((at) => node.inputs[at] ?? null);
  return (
    traits.movesDataOnly === true &&
    node.inputs.every((id) => id === null || moved.includes(id) === real.has(id)) &&
    moved.every((id) => id !== null && real.has(id)) &&
    node.outputs.every((id) => !graph.outputs.includes(id))
  );
}
