// Whether a quantized file gives a scale to every tensor whose kernel computes with one.
import { firstActivation, operatorOf, positionsOf, type Graph, type Node, type Tensor } from '@wherry/graph';
import { invalidModel } from './refuse.js';

/** Throws TFLITE_INVALID. What only moves values needs none; filters and biases are looked at by themselves. */
export function requireScales(graph: Graph): void {
  for (const node of graph.nodes) {
    const inputs = positionsOf(node, 'activation').map((position) => node.inputs[position]);
    const tensors = [...inputs, ...node.outputs].flatMap((id) =>
      id === null || id === undefined ? [] : [graph.tensors[id]!],
    );
    for (const tensor of computesWithScales(graph, node) ? tensors : [])
      if (isQuantizedType(node, tensor) && tensor.quantization === undefined)
        invalidModel(`the ${tensor.dtype} tensor ${tensor.name} of ${node.kind} has no scale`, node.origin);
  }
}

/** An operator has one kernel for real numbers and for integers alike where the integers are only moved or compared. */
function computesWithScales(graph: Graph, { kind, inputs }: Node): boolean {
  const position = firstActivation(kind);
  const id = position === undefined ? undefined : inputs[position];
  if (id === undefined || id === null) return false;
  if (kind === 'QUANTIZE' || kind === 'DEQUANTIZE') return true;
  const { kernels } = operatorOf(kind);
  switch (graph.tensors[id]!.dtype) {
    case 'int8':
      return kernels.int8 !== kernels.float;
    case 'int16':
      return kernels.int16 !== kernels.float;
    default:
      return false;
  }
}

function isQuantizedType({ kind }: Node, { dtype }: Tensor): boolean {
  return dtype === 'int8' || dtype === 'int16' || dtype === 'uint8' || (kind === 'QUANTIZE' && dtype === 'int32');
}
