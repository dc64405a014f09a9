// What operators of two int8 operands share: both are walked row by row.
import { tensorAt, type Graph, type Node, type Tensor } from '@wherry/graph';
import { broadcastDimensions, packWalk } from './broadcast.js';
import type { MemoryPlan } from './memory-plan.js';

/** What the kernels need to know of the places of both operands. */
export interface BinaryWalk {
  readonly first: number;
  readonly second: number;
  readonly output: number;
  /** Of a row, and the steps of both operands in it: 0 or 1. */
  readonly length: number;
  readonly firstStep: number;
  readonly secondStep: number;
  readonly rows: number;
  readonly walk: number;
}

export type Operands = readonly [Tensor, Tensor, Tensor];

/** First, second and output; undefined when they are not int8 throughout, or nothing of them varies. */
export function int8Operands(graph: Graph, node: Node): Operands | undefined {
  const [first, second, output] = [...node.inputs, ...node.outputs].map((id) => tensorAt(graph, id!)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  if (first.dtype !== 'int8' || second.dtype !== 'int8' || output.dtype !== 'int8') return undefined;
  return [first, second, output].some(({ shape }) => shape.includes(0)) ? undefined : [first, second, output];
}

/** Places of the operands of a node; to be read when the plan is laid out. */
export function planBinary([first, second, output]: Operands, node: Node, plan: MemoryPlan): () => BinaryWalk {
  const dimensions = broadcastDimensions(first.shape, second.shape, output.shape);
  const inner = dimensions.at(-1)!;
  const [a, b, o] = [...node.inputs, ...node.outputs].map((id) => plan.tensor(id!)) as [
    { at: number },
    { at: number },
    { at: number },
  ];
  const walk = plan.constant(packWalk(dimensions));
  return () => ({
    first: a.at,
    second: b.at,
    output: o.at,
    length: inner.size,
    firstStep: inner.first,
    secondStep: inner.second,
    rows: dimensions.slice(0, -1).reduce((product, { size }) => product * size, 1),
    walk: walk.at,
  });
}
