// RESHAPE and its like: the output is where the input is.
import { operatorOf, tensorAt, type Graph, type Node } from '@wherry/graph';
import type { MemoryPlan } from './memory-plan.js';
import type { Bind } from './step.js';

export function prepareSameBytes(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (operatorOf(node.kind).traits.sameBytes !== true) return undefined;
  const input = tensorAt(graph, node.inputs[0]!);
  if (input.dtype !== 'int8' || input.data !== undefined) return undefined;
  plan.sameTensor(node.outputs[0]!, node.inputs[0]!);
  return () => () => undefined;
}
