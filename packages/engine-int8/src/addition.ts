// ADD and SUB of two int8 tensors on the kernels.
import { int8Addition, type Graph, type Node } from '@wherry/graph';
import { int8Operands, planBinary } from './binary.js';
import type { MemoryPlan } from './memory-plan.js';
import { packUniformScaling } from './pack-scaling.js';
import type { Bind } from './step.js';

export function prepareAddition(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'ADD' && node.kind !== 'SUB') return undefined;
  const operands = int8Operands(graph, node);
  if (operands === undefined) return undefined;
  const sum = int8Addition(operands, node.attributes.activation, node.kind === 'ADD' ? 1 : -1, 'double');
  const packed = packUniformScaling({ ...sum, greatestSum: greatestOf(sum.terms[0]) + greatestOf(sum.terms[1]) });
  if (packed === undefined) return undefined;
  const walk = planBinary(operands, node, plan);
  const [first, second, scaling] = [plan.constant(sum.terms[0]), plan.constant(sum.terms[1]), plan.constant(packed)];
  return ({ call }) => {
    const w = walk();
    return () =>
      call.add(
        w.first,
        w.second,
        w.output,
        w.length,
        w.firstStep,
        w.secondStep,
        w.rows,
        w.walk,
        first.at,
        second.at,
        scaling.at,
      );
  };
}

function greatestOf(terms: Int32Array): number {
  return terms.reduce((most, term) => Math.max(most, Math.abs(term)), 0);
}
