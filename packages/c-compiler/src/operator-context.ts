// One operator on its way into C: its node and what is known of its operands.
import { tensorAt, type DataType, type Graph, type Node, type NodeOf, type OpKind, type Tensor } from '@wherry/graph';
import type { KernelVariant } from './kernel-variant.js';

export interface OperatorContext<K extends OpKind = OpKind> {
  readonly graph: Graph;
  readonly node: { [P in K]: NodeOf<P> }[K];
  /** `undefined`: an optional operand that is left out. */
  readonly inputs: readonly (Tensor | undefined)[];
  readonly outputs: readonly Tensor[];
  readonly variant: KernelVariant;
}

export function contextOf(graph: Graph, node: Node, variant: KernelVariant = 'portable'): OperatorContext {
  return {
    graph,
    node,
    inputs: node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id))),
    outputs: node.outputs.map((id) => tensorAt(graph, id)),
    variant,
  };
}

export function scaleOf(tensor: Tensor): number {
  return tensor.quantization!.scale[0]!;
}

export function zeroPointOf(tensor: Tensor): number {
  return tensor.quantization!.zeroPoint[0]!;
}

/** What the names of kernels end in, where they compute with numbers of one type. */
const numberForms: { readonly [K in DataType]?: 's8' | 's16' | 'f32' } = { int8: 's8', int16: 's16', float32: 'f32' };

/** That of the operands at `positions` and the first output; undefined where they are not of one such type. */
export function numberForm(
  { inputs, outputs }: OperatorContext,
  positions: readonly number[],
): 's8' | 's16' | 'f32' | undefined {
  const { dtype } = outputs[0]!;
  return positions.every((position) => inputs[position]?.dtype === dtype) ? numberForms[dtype] : undefined;
}

const wholeForms: { readonly [K in DataType]?: 's32' | 's64' } = { int32: 's32', int64: 's64' };

/** The same for whole numbers without a scale. */
export function wholeForm(
  { inputs, outputs }: OperatorContext,
  positions: readonly number[],
): 's32' | 's64' | undefined {
  const { dtype } = outputs[0]!;
  return positions.every((position) => inputs[position]?.dtype === dtype) ? wholeForms[dtype] : undefined;
}

/** Every operand that is no index or shape has the type, as far as `positions` name them; so has the first output. */
export function areInt8({ inputs, outputs }: OperatorContext, positions: readonly number[]): boolean {
  return [...positions.map((position) => inputs[position]), outputs[0]].every((tensor) => tensor?.dtype === 'int8');
}
