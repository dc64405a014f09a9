// Element-by-element arithmetic of two operands with NumPy broadcasting.
import type { DataType } from '../data-type.js';
import type { AppliedContext, Cost, OperatorContext, Operand, OutputSpec, Requirement } from '../op-definition.js';
import { broadcastShape, broadcastStrides, elementCount, sameShape } from '../shape.js';
import { bytesTouched } from './bytes-touched.js';

export const broadcastRules: readonly Requirement<object>[] = [
  {
    sentence: 'the shapes of the two inputs can be broadcast to each other',
    holds: ({ inputs: [first, second] }) => broadcastShape(first!.shape, second!.shape) !== undefined,
  },
  {
    sentence: 'both inputs have the same type',
    holds: ({ inputs: [first, second] }) => first!.dtype === second!.dtype,
  },
];

export function inferBroadcast({ inputs: [first, second] }: OperatorContext<object>): readonly OutputSpec[] {
  return [{ shape: broadcastShape(first!.shape, second!.shape)!, dtype: first!.dtype satisfies DataType }];
}

export function binaryCost(context: AppliedContext<object>): Cost {
  return { macs: 0, elementOps: elementCount(context.outputs[0]!.shape), bytes: bytesTouched(context) };
}

interface Elements<T> {
  readonly length: number;
  [index: number]: T;
}

/** result[i] = combine(first[i], second[i]) with both broadcast to the output's shape. 64-bit integers are bigints. */
export function combineBroadcast<T extends number | bigint = number>(
  first: Operand,
  second: Operand,
  output: Operand,
  combine: (a: T, b: T) => T,
): void {
  const elementsOf = ({ data }: Operand): Elements<T> => data as unknown as Elements<T>;
  const [a, b, result] = [elementsOf(first), elementsOf(second), elementsOf(output)];
  if (sameShape(first.shape, second.shape)) {
    for (let i = 0; i < result.length; i++) result[i] = combine(a[i]!, b[i]!);
    return;
  }
  const { shape } = output;
  const aStrides = broadcastStrides(first.shape, shape);
  const bStrides = broadcastStrides(second.shape, shape);
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0, at = 0, bt = 0; i < result.length; i++) {
    result[i] = combine(a[at]!, b[bt]!);
    for (let d = shape.length - 1; d >= 0; d--) {
      at += aStrides[d]!;
      bt += bStrides[d]!;
      if (++index[d]! < shape[d]!) break;
      at -= aStrides[d]! * shape[d]!;
      bt -= bStrides[d]! * shape[d]!;
      index[d] = 0;
    }
  }
}
