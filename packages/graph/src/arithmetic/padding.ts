// What PAD and PADV2 share: paddings [rank, 2] as a constant int32 operand, and the copy into the padded whole.
import type { Operand, OperatorContext, OperandSpec, OutputSpec, Requirement } from '../op-definition.js';
import { stridesOf } from '../shape.js';
import { scatterStrided } from './moving.js';

export const paddingRules: readonly Requirement<object>[] = [
  {
    sentence: 'the paddings are a constant int32 or int64 tensor of two values per dimension, none negative',
    holds: ({ inputs: [input, paddings] }) => {
      const typed = paddings!.dtype === 'int32' || paddings!.dtype === 'int64';
      const values = paddings!.data === undefined ? undefined : paddingsOf(paddings!);
      return typed && values?.length === 2 * input!.shape.length && values.every((value) => value >= 0);
    },
  },
];

export function inferPadded({ inputs: [input, paddings] }: OperatorContext<object>): readonly OutputSpec[] {
  const values = paddingsOf(paddings!);
  return [{ shape: input!.shape.map((size, d) => values[2 * d]! + size + values[2 * d + 1]!), dtype: input!.dtype }];
}

export function paddingVersion({ inputs: [input] }: OperatorContext<object>): number {
  const { dtype, shape } = input!;
  return dtype === 'bool' ? 5 : shape.length > 4 ? 4 : dtype === 'int16' ? 3 : dtype === 'int8' ? 2 : 1;
}

export function padWith(input: Operand, paddings: OperandSpec, output: Operand, value: number | bigint): void {
  output.data.fill(value as never);
  const strides = stridesOf(output.shape);
  const values = paddingsOf(paddings);
  const offset = strides.reduce((sum, stride, d) => sum + stride * values[2 * d]!, 0);
  scatterStrided(input.data, output.data, input.shape, strides, offset);
}

function paddingsOf({ data }: OperandSpec): number[] {
  return Array.from(data!, Number);
}
