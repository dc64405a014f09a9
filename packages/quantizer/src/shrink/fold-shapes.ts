// Works out shapes and indices before the model runs: a shape made at run time holds channel counts that could not be followed.
import {
  allocate,
  GraphEditor,
  tensorAt,
  verify,
  type Graph,
  type Node,
  type Operand,
  type TensorData,
} from '@wherry/graph';
import { runKernel } from './bounds/run-kernel.js';
import type { ShrinkStep, Shrunk } from './shrink-step.js';

const name = 'fold-shapes';

/**
 * Integers without a scale only. Real numbers stay as they are stored: weights behind a DEQUANTIZE are smaller before it, and
 * runtimes may add them up in another order once they are constants.
 */
export function foldShapes(graph: Graph): Shrunk {
  const values = new Map<number, TensorData>();
  graph.tensors.forEach(({ data }, id) => data !== undefined && values.set(id, data));
  const folded = graph.nodes.filter((node) => foldNode(graph, node, values));
  if (folded.length === 0) return { graph, steps: [] };
  const editor = new GraphEditor(graph);
  for (const node of folded) {
    editor.removeNode(node);
    for (const id of node.outputs) editor.setConstant(id, values.get(id)!);
  }
  const result = verify(editor.finish(), name);
  const layers = folded.map(({ kind, origin }) => `${kind} ${origin}`).join(', ');
  const step: ShrinkStep = {
    rewrite: name,
    what: `worked out shapes that depend on no input: ${layers}`,
    layer: folded[0]!.origin,
    nodesBefore: graph.nodes.length,
    nodesAfter: result.nodes.length,
    bytesSaved: 0,
    macsSaved: 0,
  };
  return { graph: result, steps: [step] };
}

/** Whether the node's outputs are known now. */
function foldNode(graph: Graph, node: Node, values: Map<number, TensorData>): boolean {
  const outputs = node.outputs.map((id) => tensorAt(graph, id));
  if (outputs.some(({ dtype, quantization }) => quantization !== undefined || !/^int(32|64)$/.test(dtype)))
    return false;
  if (node.outputs.some((id) => graph.outputs.includes(id))) return false;
  // Shapes are static in this language: that of a tensor is known without its values.
  if (node.kind !== 'SHAPE' && node.inputs.some((id) => id !== null && !values.has(id))) return false;
  const inputs = node.inputs.map((id): Operand | undefined =>
    id === null ? undefined : { ...tensorAt(graph, id), data: values.get(id) ?? allocate('int8', 0) },
  );
  const results = runKernel(node, inputs, outputs, 'double');
  results?.forEach((data, position) => values.set(node.outputs[position]!, data));
  return results !== undefined;
}
