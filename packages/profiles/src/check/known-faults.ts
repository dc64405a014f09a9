// Which nodes would run into a known fault of the target's runtime.
import { elementCount, operatorOf, tensorAt, type Graph, type Node, type Tensor } from '@wherry/graph';
import type { Target } from '../library.js';
import type { FaultCondition, KernelFault } from '../runtime-kernels.js';

export interface NodeFault {
  /** Position in the graph. */
  readonly node: number;
  readonly fault: KernelFault;
}

/** The first known fault of each node that has one, in the graph's order. */
export function faultsOf(target: Target, graph: Graph): readonly NodeFault[] {
  return graph.nodes.flatMap((node, position) => {
    const fault = faultOf(target, graph, node);
    return fault === undefined ? [] : [{ node: position, fault }];
  });
}

export function faultOf({ kernels, profile }: Target, graph: Graph, node: Node): KernelFault | undefined {
  const { builtin } = operatorOf(node.kind).tflite;
  const [input] = node.inputs;
  if (input === undefined || input === null) return undefined;
  const first = tensorAt(graph, input);
  return kernels.avoid.find(
    ({ operator, when }) =>
      operator === builtin &&
      inKernelsFor(when, profile.arithmetic.simd) &&
      takesTypes(when, first) &&
      shows(when, first),
  );
}

function inKernelsFor({ simd }: FaultCondition, unit: string | null): boolean {
  return simd === undefined || (unit?.split(/[^A-Za-z0-9]+/).includes(simd) ?? false);
}

function takesTypes({ activations }: FaultCondition, { dtype }: Tensor): boolean {
  return activations === undefined || activations.includes(dtype);
}

function shows(
  { minRank = 0, maxRank = Infinity, smaller, minLast = 0, lastNotMultipleOf, minRows = 0 }: FaultCondition,
  { shape }: Tensor,
): boolean {
  const last = shape.at(-1) ?? 1;
  const rows = last === 0 ? 0 : elementCount(shape) / last;
  const [one, other] = (smaller ?? []).map((dimension) => shape.at(dimension) ?? 1);
  return (
    shape.length >= minRank &&
    shape.length <= maxRank &&
    (smaller === undefined || one! < other!) &&
    last >= minLast &&
    (lastNotMultipleOf === undefined || last % lastNotMultipleOf !== 0) &&
    rows >= minRows
  );
}
