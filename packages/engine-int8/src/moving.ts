// PAD, PADV2 and CONCATENATION on the kernels: runs of values copied into a larger tensor.
import {
  elementCount,
  stridesOf,
  tensorAt,
  type Graph,
  type Node,
  type NodeOf,
  type Shape,
  type TensorId,
} from '@wherry/graph';
import { mergedDimensions, packWalk } from './broadcast.js';
import type { MemoryPlan } from './memory-plan.js';
import type { Bind, Run } from './step.js';

export function prepareMoving(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  const operands = [...node.inputs.slice(0, 1), ...node.outputs];
  if (operands.some((id) => tensorAt(graph, id!).dtype !== 'int8')) return undefined;
  if (node.kind === 'CONCATENATION') return prepareConcatenation(graph, node, plan);
  return node.kind === 'PAD' || node.kind === 'PADV2' ? preparePadding(graph, node, plan) : undefined;
}

function prepareConcatenation(graph: Graph, node: NodeOf<'CONCATENATION'>, plan: MemoryPlan): Bind {
  const outputId = node.outputs[0]!;
  const { shape } = tensorAt(graph, outputId);
  const strides = stridesOf(shape);
  const axis = node.attributes.axis < 0 ? node.attributes.axis + shape.length : node.attributes.axis;
  let offset = 0;
  const binds = node.inputs.map((id) => {
    const bind = planCopy(graph, id!, outputId, offset, plan);
    offset += tensorAt(graph, id!).shape[axis]! * strides[axis]!;
    return bind;
  });
  return (kernels) => {
    const copies = binds.map((bind) => bind(kernels));
    return () => copies.forEach((copy) => copy());
  };
}

function preparePadding(graph: Graph, node: NodeOf<'PAD' | 'PADV2'>, plan: MemoryPlan): Bind | undefined {
  const [inputId, outputId] = [node.inputs[0]!, node.outputs[0]!];
  const { shape, quantization } = tensorAt(graph, outputId);
  // A real zero is the zero point.
  const value = node.kind === 'PAD' ? (quantization?.zeroPoint[0] ?? 0) : tensorAt(graph, node.inputs[2]!).data?.[0];
  if (value === undefined) return undefined;
  const paddings = Array.from(tensorAt(graph, node.inputs[1]!).data!, Number);
  const offset = stridesOf(shape).reduce((sum, stride, d) => sum + stride * paddings[2 * d]!, 0);
  const copyInto = planCopy(graph, inputId, outputId, offset, plan);
  const [output, bytes] = [plan.tensor(outputId), elementCount(shape)];
  return (kernels) => {
    const copy = copyInto(kernels);
    return () => {
      kernels.call.fill(output.at, Number(value), bytes);
      copy();
    };
  };
}

/** All of `source` into `target` from `offset` on. */
function planCopy(graph: Graph, source: TensorId, target: TensorId, offset: number, plan: MemoryPlan): Bind {
  const [from, into] = [tensorAt(graph, source).shape, tensorAt(graph, target).shape];
  if (from.includes(0)) return () => () => undefined;
  const { length, runs, packed } = copyWalk(from, into);
  const [first, second, walk] = [plan.tensor(source), plan.tensor(target), plan.constant(packed)];
  return ({ call }): Run =>
    () =>
      call.copyRuns(first.at, second.at + offset, length, runs, walk.at);
}

/** What lies together in both, and the steps between. */
function copyWalk(from: Shape, into: Shape): { length: number; runs: number; packed: Int32Array } {
  const merged = mergedDimensions(from, stridesOf(from), stridesOf(into));
  const { first, second } = merged.at(-1)!;
  // Neighbours in one only: each value is a run of its own.
  const dimensions = first === 1 && second === 1 ? merged : [...merged, { size: 1, first: 1, second: 1 }];
  const length = dimensions.at(-1)!.size;
  return { length, runs: elementCount(from) / length, packed: packWalk(dimensions) };
}
