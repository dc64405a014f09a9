// TOPK_V2: the greatest values of each row, with their places.
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { defineOperator, type KernelContext, type OperandSpec } from '../op-definition.js';
import { activation, index, sameAsInputs, unquantized } from '../operand-role.js';
import { elementCount } from '../shape.js';

export const topkV2 = defineOperator<'TOPK_V2', object>({
  kind: 'TOPK_V2',
  summary:
    'The k greatest values along the last dimension, greatest first, and their places as int32; of equal values the first',
  arity: { inputs: [2, 2], outputs: 2 },
  defaults: {},
  requires: [
    { sentence: 'the input has a dimension', holds: ({ inputs: [input] }) => input!.shape.length > 0 },
    {
      sentence: 'k is a constant int32 of one value',
      holds: ({ inputs: [, k] }) => k!.dtype === 'int32' && k!.data?.length === 1,
    },
    {
      sentence: 'k is at least 0 and at most the last dimension',
      holds: ({ inputs: [input, k] }) => countOf(k!) >= 0 && countOf(k!) <= input!.shape.at(-1)!,
    },
  ],
  infer: ({ inputs: [input, k] }) => {
    const shape = [...input!.shape.slice(0, -1), countOf(k!)];
    return [
      { shape, dtype: input!.dtype },
      { shape, dtype: 'int32' },
    ];
  },
  kernels: { float: greatest, int8: greatest, int16: greatest, uint8: greatest, int32: greatest, int64: greatest },
  quantization: { operands: [activation, index], outputs: [sameAsInputs, unquantized] },
  traits: {},
  cost: (context) => ({ macs: 0, elementOps: elementCount(context.inputs[0]!.shape), bytes: bytesTouched(context) }),
  tflite: {
    builtin: 'TOPK_V2',
    options: 'TopKV2Options',
    fields: {},
    version: ({ inputs: [input] }) => (input!.dtype === 'int16' ? 3 : input!.dtype === 'int8' ? 2 : 1),
  },
  tflm: null,
});

function countOf({ data }: OperandSpec): number {
  return Number(data![0]);
}

function greatest({ inputs: [input, k], outputs: [values, places] }: KernelContext<object>): void {
  const count = countOf(k!);
  const length = input!.shape.at(-1)!;
  const source = input!.data as Float32Array;
  for (let from = 0, to = 0; from < source.length; from += length, to += count) {
    const order = Array.from({ length }, (_, i) => i).sort((i, j) => {
      const [a, b] = [source[from + i]!, source[from + j]!];
      return a > b ? -1 : a < b ? 1 : i - j;
    });
    for (let i = 0; i < count; i++) {
      values!.data[to + i] = source[from + order[i]!]!;
      places!.data[to + i] = order[i]!;
    }
  }
}
