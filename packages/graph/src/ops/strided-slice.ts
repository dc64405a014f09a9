// STRIDED_SLICE: every n-th element between two places of each dimension.
import { copyStrided, forEveryType, movingCost } from '../arithmetic/moving.js';
import { defineOperator, type OperandSpec, type OperatorContext } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';
import { stridesOf } from '../shape.js';

/** Bit d of a mask speaks of dimension d. */
export interface StridedSliceAttributes {
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
  readonly offset: boolean;
}

export const stridedSlice = defineOperator<'STRIDED_SLICE', StridedSliceAttributes>({
  kind: 'STRIDED_SLICE',
  summary: 'Every n-th element between two places of each dimension',
  arity: { inputs: [4, 4], outputs: 1 },
  defaults: { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0, offset: false },
  requires: [
    {
      sentence: 'begin, end and strides are constant int32 vectors of at most as many values as there are dimensions',
      holds: ({ inputs: [input, begin, end, strides] }) => {
        const vectors = [begin!, end!, strides!];
        return (
          vectors.every((v) => v.dtype === 'int32' && v.data !== undefined && v.data.length === begin!.data?.length) &&
          begin!.data!.length <= input!.shape.length
        );
      },
    },
    {
      sentence: 'no stride is 0',
      holds: ({ inputs: [, , , strides] }) => Array.from(strides!.data!, Number).every((stride) => stride !== 0),
    },
    {
      sentence: 'neither an ellipsis nor a new axis nor an end relative to the begin is used',
      holds: ({ attributes: a }) => a.ellipsisMask === 0 && a.newAxisMask === 0 && !a.offset,
    },
  ],
  infer: (context) => {
    const ranges = rangesOf(context);
    return [
      { shape: ranges.filter(({ shrinks }) => !shrinks).map(({ count }) => count), dtype: context.inputs[0]!.dtype },
    ];
  },
  kernels: forEveryType(({ inputs, outputs: [output], attributes }) => {
    const input = inputs[0]!;
    const ranges = rangesOf({ inputs, attributes });
    const own = stridesOf(input.shape);
    const offset = ranges.reduce((sum, { start }, d) => sum + start * own[d]!, 0);
    const steps = ranges.map(({ step }, d) => step * own[d]!);
    copyStrided(
      input.data,
      output!.data,
      ranges.map(({ count }) => count),
      steps,
      offset,
    );
  }),
  quantization: { operands: [activation, index, index, index], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: {
    builtin: 'STRIDED_SLICE',
    options: 'StridedSliceOptions',
    fields: {
      beginMask: 'begin_mask',
      endMask: 'end_mask',
      ellipsisMask: 'ellipsis_mask',
      newAxisMask: 'new_axis_mask',
      shrinkAxisMask: 'shrink_axis_mask',
      offset: 'offset',
    },
    version: ({ inputs: [input] }) =>
      input!.shape.length > 4 ? 4 : input!.dtype === 'bool' ? 3 : input!.dtype === 'int8' ? 2 : 1,
  },
  tflm: { resolver: 'AddStridedSlice' },
});

interface DimensionRange {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly shrinks: boolean;
}

/** One range per input dimension; those beyond the operands are taken whole. */
function rangesOf({ inputs, attributes }: OperatorContext<StridedSliceAttributes>): DimensionRange[] {
  const [input, begin, end, strides] = inputs as readonly OperandSpec[];
  const value = (operand: OperandSpec, d: number): number => Number(operand.data![d]);
  const has = (mask: number, d: number): boolean => (mask & (1 << d)) !== 0;
  return input!.shape.map((size, d) => {
    if (d >= begin!.data!.length) return { start: 0, step: 1, count: size, shrinks: false };
    const step = value(strides!, d);
    const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
    const place = (index: number): number => Math.min(most, Math.max(least, index < 0 ? index + size : index));
    const start = has(attributes.beginMask, d) ? (step > 0 ? 0 : size - 1) : place(value(begin!, d));
    const shrinks = has(attributes.shrinkAxisMask, d);
    const stop = has(attributes.endMask, d) ? (step > 0 ? size : -1) : place(value(end!, d));
    const count = shrinks ? 1 : Math.max(0, Math.ceil((stop - start) / step));
    return { start, step, count, shrinks };
  });
}
