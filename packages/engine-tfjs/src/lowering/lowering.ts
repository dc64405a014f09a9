// How one node becomes TensorFlow.js calls: the types that the lowering tables are written in.
import type { NodeOf, OpKind, Tensor, TensorData } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';

/** What a lowering can ask while a graph is being prepared. */
export interface LoweringContext {
  readonly tf: typeof Tfjs;
  /** Gradients are to be taken: of what has two forms, the one with a gradient. Constants that may vary then have no data. */
  readonly differentiable: boolean;
  readonly inputs: readonly (Tensor | undefined)[];
  readonly outputs: readonly Tensor[];
  /** Keeps a tensor that was made in advance (a transposed filter) until the executor is disposed of. */
  keep<T extends Tfjs.Tensor>(tensor: T): T;
  /** A constant operand of which the step has a form of its own: it is not kept besides, and not given to the step. */
  takeOver(input: number): void;
}

/** Computes the outputs. Absent inputs are undefined. */
export type Step = (inputs: readonly (Tfjs.Tensor | undefined)[]) => Tfjs.Tensor | readonly Tfjs.Tensor[];

/** `reference`: TensorFlow.js has no such operator, or none with these attributes; the plain kernel runs, on copies. */
export type Lowering<K extends OpKind> =
  'reference' | ((node: NodeOf<K>, context: LoweringContext) => Step | 'reference');

export type LoweringTable = { readonly [K in OpKind]: Lowering<K> };

/** The values of a constant operand; lowerings use it for axes, paddings and shapes. */
export function constantValues(context: LoweringContext, input: number): number[] | undefined {
  const data: TensorData | undefined = context.inputs[input]?.data;
  return data === undefined ? undefined : Array.from(data, Number);
}
