// Runs the reference kernel of one node on values given for its operands: bounds are what the kernels themselves say.
import {
  allocate,
  elementCount,
  graphDiagnostics,
  kernelFor,
  WherryError,
  type Node,
  type Operand,
  type OperandSpec,
  type Rounding,
  type TensorData,
} from '@wherry/graph';

/** What the outputs hold. Undefined where the reference has no kernel for the types. */
export function runKernel(
  node: Node,
  inputs: readonly (Operand | undefined)[],
  outputs: readonly OperandSpec[],
  rounding: Rounding,
): readonly TensorData[] | undefined {
  const results = outputs.map((spec): Operand => {
    const { shape, dtype, quantization } = spec;
    return { shape, dtype, quantization, data: allocate(dtype, elementCount(shape)) };
  });
  try {
    kernelFor(node, inputs, results)({ attributes: node.attributes, inputs, outputs: results, rounding });
  } catch (error) {
    if (error instanceof WherryError && error.definition === graphDiagnostics.GRAPH_NO_KERNEL) return undefined;
    throw error;
  }
  return results.map(({ data }) => data);
}
