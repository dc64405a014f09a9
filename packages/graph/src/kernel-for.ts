// Chooses the reference kernel of a node by the types of its operands.
import type { DataType } from './data-type.js';
import { WherryError } from './diagnostics/diagnostic.js';
import { graphDiagnostics } from './diagnostics/graph-diagnostics.js';
import type { Node } from './ir.js';
import type { Kernel, KernelSet, OperandSpec } from './op-definition.js';
import { allWeightedOperands, firstActivation } from './operands-of.js';
import { operatorOf } from './ops/index.js';

const kernelsOfType: { readonly [dtype: string]: readonly (keyof KernelSet<object>)[] } = {
  float32: ['float'],
  float16: ['float16'],
  int8: ['int8'],
  int16: ['int16'],
  uint8: ['uint8', 'integer'],
  int32: ['int32', 'integer'],
  int64: ['int64', 'integer'],
  bool: ['integer'],
};

/** The types of activations that a set of kernels takes. */
export function typesOf(kernels: KernelSet<object>): readonly DataType[] {
  return (Object.keys(kernelsOfType) as DataType[]).filter((dtype) => kernelOfType(kernels, dtype) !== undefined);
}

function kernelOfType(kernels: KernelSet<object>, dtype: DataType): Kernel<object> | undefined {
  const name = kernelsOfType[dtype]?.find((choice) => kernels[choice] !== undefined);
  return name === undefined ? undefined : kernels[name];
}

function hybridKernel(kernels: KernelSet<object>, weights: DataType): Kernel<object> | undefined {
  return weights === 'int8' || weights === 'int4' ? kernels.hybrid : undefined;
}

/**
 * The type of the first activation decides, with that of the first filter (the output's where an operator reads no values, like SHAPE).
 * Throws GRAPH_NO_KERNEL naming the operator, the type and the layer.
 */
export function kernelFor(
  node: Node,
  inputs: readonly (OperandSpec | undefined)[],
  outputs: readonly OperandSpec[],
): Kernel<object> {
  const { kernels } = operatorOf(node.kind);
  const first = firstActivation(node.kind);
  const deciding = first === undefined ? outputs[0] : inputs[first];
  const dtype = deciding?.dtype ?? 'float32';
  const filter = inputs[allWeightedOperands(node.kind)[0]?.weights ?? -1];
  const isHybrid = dtype === 'float32' && filter !== undefined && filter.dtype !== 'float32';
  const kernel = isHybrid ? hybridKernel(kernels, filter.dtype) : kernelOfType(kernels, dtype);
  if (kernel !== undefined) return kernel;
  throw new WherryError(graphDiagnostics.GRAPH_NO_KERNEL, {
    what: `${node.kind} has no reference for ${dtype}${isHybrid ? ` with ${filter.dtype} weights` : ''}`,
    where: node.origin,
    next: 'give a model whose activations are float32, int8 or int16 at this layer',
  });
}
