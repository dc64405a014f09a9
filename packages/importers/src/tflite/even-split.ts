// SPLIT_V into parts of one size, as converters write for recurrent layers, is SPLIT.
import type { Operator, TfliteModel } from '@wherry/tflite-writer';

export interface EvenSplit {
  /** Axis first, then what is split: the order of SPLIT. */
  readonly inputs: readonly number[];
  readonly count: number;
}

/** What a file says of its tensors. */
interface TensorFacts {
  shapeOf(index: number): readonly number[];
  int32sOf(index: number): readonly number[] | undefined;
}

/** Undefined for other operators, and where the parts differ or are not known. One size may be -1: what is left. */
export function evenSplit(model: TfliteModel, operator: Operator, facts: TensorFacts): EvenSplit | undefined {
  if (model.operator_codes?.[operator.opcode_index]?.builtin_code !== 'SPLIT_V') return undefined;
  const [value, sizes, axis] = operator.inputs ?? [];
  if (value === undefined || sizes === undefined || axis === undefined) return undefined;
  const parts = facts.int32sOf(sizes) ?? [];
  const [along] = facts.int32sOf(axis) ?? [];
  const total = along === undefined ? undefined : facts.shapeOf(value).at(along);
  if (total === undefined || parts.filter((size) => size === -1).length > 1) return undefined;
  const size = total / parts.length;
  return parts.every((part) => part === size || part === -1)
    ? { inputs: [axis, value], count: parts.length }
    : undefined;
}
