// MEAN and SUM along neighbouring dimensions on the kernels.
import { int8Mean, int8Sum, reducedShape, tensorAt, type Graph, type Node, type Shape } from '@wherry/graph';
import type { MemoryPlan } from './memory-plan.js';
import { packUniformScaling } from './pack-scaling.js';
import type { Bind } from './step.js';

/** Greatest magnitude of an int8 value less its zero point. */
const greatestInput = 255;

export function prepareReduction(graph: Graph, node: Node, plan: MemoryPlan): Bind | undefined {
  if (node.kind !== 'MEAN' && node.kind !== 'SUM') return undefined;
  const [input, output] = [tensorAt(graph, node.inputs[0]!), tensorAt(graph, node.outputs[0]!)];
  if (input.dtype !== 'int8' || output.dtype !== 'int8') return undefined;
  const runs = reducedRuns(input.shape, reducedShape(input.shape, tensorAt(graph, node.inputs[1]!)));
  if (runs === undefined) return undefined;
  const { outer, count, inner } = runs;
  const packed = packUniformScaling({
    scale: node.kind === 'MEAN' ? int8Mean(input, output, count) : int8Sum(input, output),
    bias: -count * input.quantization!.zeroPoint[0]!,
    zeroPoint: output.quantization!.zeroPoint[0]!,
    bounds: [-128, 127],
    greatestSum: 2 * count * greatestInput,
  });
  if (packed === undefined) return undefined;
  const [source, target] = [plan.tensor(node.inputs[0]!), plan.tensor(node.outputs[0]!)];
  const scaling = plan.constant(packed);
  return ({ call }) =>
    () =>
      call.reduce(source.at, outer, count, inner, scaling.at, target.at);
}

interface ReducedRuns {
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
}

/** The shape as [outer, count, inner] of which `count` is reduced; undefined when what is reduced does not lie together. */
function reducedRuns(shape: Shape, reduced: Shape): ReducedRuns | undefined {
  const varying = shape.map((_, d) => d).filter((d) => shape[d] !== 1);
  const isReduced = varying.map((d) => reduced[d] !== shape[d]);
  const [first, last] = [isReduced.indexOf(true), isReduced.lastIndexOf(true)];
  const product = (from: number, to: number): number => varying.slice(from, to).reduce((all, d) => all * shape[d]!, 1);
  if (shape.includes(0)) return undefined;
  if (first < 0) return { outer: 1, count: 1, inner: product(0, varying.length) };
  if (isReduced.slice(first, last).includes(false)) return undefined;
  return { outer: product(0, first), count: product(first, last + 1), inner: product(last + 1, varying.length) };
}
