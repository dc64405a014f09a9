// What operators of one input and one output of the same shape share.
import { bytesTouched } from './bytes-touched.js';
import type { AppliedContext, Cost, OperatorContext, Operand, OutputSpec } from '../op-definition.js';
import { elementCount } from '../shape.js';

export function inferSame({ inputs: [input] }: OperatorContext<object>): readonly OutputSpec[] {
  return [{ shape: input!.shape, dtype: input!.dtype }];
}

/** One operation per element. */
export function elementwiseCost(context: AppliedContext<object>): Cost {
  return { macs: 0, elementOps: elementCount(context.outputs[0]!.shape), bytes: bytesTouched(context) };
}

/** Operator version where int8 came second and int16 third, as with most elementwise operators. */
export function versionByType({ inputs: [input] }: OperatorContext<object>): number {
  return input!.dtype === 'int16' ? 3 : input!.dtype === 'int8' ? 2 : 1;
}

export function mapFloat(input: Operand, output: Operand, f: (value: number) => number): void {
  const source = input.data as Float32Array;
  const result = output.data as Float32Array;
  for (let i = 0; i < source.length; i++) result[i] = f(source[i]!);
}
