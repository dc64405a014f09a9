// Which nodes would run into a known fault of the target's runtime.
import {
  elementCount,
  operatorOf,
  slidingWindow,
  tensorAt,
  type Graph,
  type Node,
  type OperandSpec,
} from '@wherry/graph';
import type { Target } from '../library.js';
import type { FaultCondition, KernelFault } from '../runtime-kernels.js';
import { operandRoles, type OperandRoles } from './operand-roles.js';

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
  const known = kernels.avoid.filter(({ operator }) => operator === builtin);
  if (known.length === 0) return undefined;
  const { activations, optionOf } = operandRoles(graph, node);
  const [first] = activations;
  return known.find(
    ({ when }) =>
      first !== undefined &&
      inKernelsFor(when, profile.arithmetic.simd, kernels) &&
      takesTypes(when, first.spec) &&
      shows(when, first.spec) &&
      hasOptions(when, optionOf) &&
      (when.paddingFromInput === undefined || padsOtherwise(graph, node)),
  );
}

/** A vector unit that the table knows by none of its words may be any of them under another name, or a misspelt one. */
function inKernelsFor({ simd }: FaultCondition, unit: string | null, { avoid }: Target['kernels']): boolean {
  if (simd === undefined) return true;
  if (unit === null) return false;
  const words = unit.toLowerCase().split(/[^a-z0-9]+/);
  const isNamed = (known: string): boolean => words.includes(known.toLowerCase());
  return isNamed(simd) || !avoid.some(({ when }) => when.simd !== undefined && isNamed(when.simd));
}

function hasOptions({ options = {} }: FaultCondition, optionOf: OperandRoles['optionOf']): boolean {
  return Object.entries(options).every(([field, values]) => values.some((value) => value === optionOf(field)));
}

function takesTypes({ activations }: FaultCondition, { dtype }: OperandSpec): boolean {
  return activations === undefined || activations.includes(dtype);
}

function shows(
  { minRank = 0, maxRank = Infinity, smaller, minLast = 0, lastNotMultipleOf, minRows = 0 }: FaultCondition,
  { shape }: OperandSpec,
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

/** Whether a transposed convolution would pad elsewhere if it went by its input's size, as an ordinary one does. */
function padsOtherwise(graph: Graph, { kind, attributes, inputs, outputs }: Node): boolean {
  if (kind !== 'TRANSPOSE_CONV' || attributes.padding === 'VALID') return false;
  const [output, filter, input] = [outputs[0], inputs[1], inputs[2]].map((id) => tensorAt(graph, id!).shape);
  return [attributes.strideH, attributes.strideW].some((stride, d) => {
    const before = (size: number): number => slidingWindow(size, filter![d + 1]!, stride, 1, 'SAME').before;
    return before(input![d + 1]!) !== before(output![d + 1]!);
  });
}
