// Adds int8 tensors like the reference does, in one float step per element wherever that cannot come to another integer.
import {
  clamp, int8Addition, multiplyByQuantizedMultiplier, sameShape, tensorAt,
  type FusedActivation, type Graph, type Node, type OperandSpec, type Tensor,
} from '@wherry/graph';
import { clampInt32, doubtOf, positiveOffset, staysInInt32 } from './fast-rounding.js';

/** Undefined when the node is no ADD or SUB of two int8 tensors of one shape; the reference kernel then has to do it. */
export function additionStep(graph: Graph, node: Node): TensorAdder | undefined {
  if (node.kind !== 'ADD' && node.kind !== 'SUB') return undefined;
  const [first, second, output] = [...node.inputs, ...node.outputs].map((id) => tensorAt(graph, id!)) as [Tensor, Tensor, Tensor];
  if (first.dtype !== 'int8' || !sameShape(first.shape, second.shape)) return undefined;
  return tensorAdder({ operands: [first, second], output, activation: node.attributes.activation, sign: node.kind === 'ADD' ? 1 : -1 });
}

export interface AdditionSpec {
  readonly operands: readonly [OperandSpec, OperandSpec];
  readonly output: OperandSpec;
  readonly activation: FusedActivation;
  readonly sign: 1 | -1;
}

/** All three of one length. */
export type TensorAdder = (first: Int8Array, second: Int8Array, result: Int8Array) => void;

export function tensorAdder({ operands, output, activation, sign }: AdditionSpec): TensorAdder {
  const { terms: [termsA, termsB], scale, zeroPoint, bounds: [low, high] } = int8Addition([...operands, output], activation, sign, 'double');
  const factor = scale.multiplier * 2 ** (scale.shift - 31);
  const reference = (a: number, b: number): number =>
    clamp(multiplyByQuantizedMultiplier(termsA[a]! + termsB[b]!, scale.multiplier, scale.shift, 'double') + zeroPoint, low, high);
  // The half is for rounding to nearest by rounding down.
  const stepsA = Float64Array.from(termsA, (term) => term * factor + zeroPoint + 0.5 + positiveOffset);
  const stepsB = Float64Array.from(termsB, (term) => term * factor);
  const isSmall = [stepsA.map((steps) => steps - positiveOffset), stepsB].every((steps) => steps.every((each) => staysInInt32(each)));
  const doubt = isSmall ? doubtOf(scale) : 1;
  return (first, second, result) => {
    for (let i = 0; i < result.length; i++) {
      const a = first[i]! + 128;
      const b = second[i]! + 128;
      const steps = stepsA[a]! + stepsB[b]!;
      const rounded = steps | 0;
      const above = steps - rounded;
      result[i] = above > doubt && above < 1 - doubt ? clampInt32(rounded - positiveOffset, low, high) : reference(a, b);
    }
  };
}
