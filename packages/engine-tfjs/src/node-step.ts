// One node as a step: its lowering where there is one, the plain kernel where there is none.
import {
  allocate,
  elementCount,
  kernelFor,
  positionsOf,
  type Node,
  type Operand,
  type States,
  type TensorData,
} from '@wherry/graph';
import { lowerings } from './lowering/index.js';
import type { Lowering, LoweringContext, Step } from './lowering/lowering.js';
import { download, upload } from './transfer.js';

/** `reference`: TensorFlow.js does not compute this node. */
export function loweredStep(node: Node, context: LoweringContext): Step | 'reference' {
  const lower = lowerings[node.kind] as Lowering<Node['kind']>;
  // Of real activations with integer weights the plain kernels alone know how the activations are quantized.
  const filters = positionsOf(node, 'weights').map((position) => context.inputs[position]);
  const isFloat = [...context.outputs, ...filters].every(
    (tensor) => tensor === undefined || tensor.dtype === 'float32',
  );
  if (lower === 'reference' || !isFloat) return 'reference';
  return (lower as (node: Node, context: LoweringContext) => Step | 'reference')(node, context);
}

/** The plain kernel between a download and an upload: for index arithmetic, where TensorFlow.js has other types. */
export function referenceStep(node: Node, { tf, inputs, outputs }: LoweringContext, states: States): Step {
  return (values) => {
    const operands = inputs.map((tensor, position): Operand | undefined => {
      if (tensor === undefined) return undefined;
      const known: TensorData | undefined = tensor.data ?? states.get(node.inputs[position]!);
      return { ...tensor, data: known ?? download(values[position]!, tensor.dtype) };
    });
    const results = outputs.map((tensor): Operand => ({
      ...tensor,
      data: allocate(tensor.dtype, elementCount(tensor.shape)),
    }));
    kernelFor(
      node,
      operands,
      results,
    )({ attributes: node.attributes, inputs: operands, outputs: results, rounding: 'double' });
    return results.map(({ data, shape, dtype }) => upload(tf, data, shape, dtype));
  };
}
