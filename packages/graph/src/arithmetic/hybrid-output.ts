// From int32 accumulators of activations quantized at run time to real outputs.
import type { Operand, OperandSpec } from '../op-definition.js';
import { activationBounds, clamp, type FusedActivation } from './activation.js';

const { fround } = Math;

/** Whether the filter has a scale of its own for some output channel: one that all share is folded into that of the input. */
export function hasScalesPerChannel({ quantization }: OperandSpec): boolean {
  return quantization!.scale.some((scale) => scale !== quantization!.scale[0]);
}

/** Scales, adds the bias and clamps `count` accumulators of channels `first`, `first` + 1, ..., in float32. */
export type HybridOutput = (
  sums: Int32Array,
  inputScale: number,
  first: number,
  count: number,
  result: Float32Array,
  at: number,
) => void;

export function hybridOutput(
  filter: OperandSpec,
  bias: Operand | undefined,
  activation: FusedActivation,
): HybridOutput {
  const { scale } = filter.quantization!;
  const biases = bias?.data as Float32Array | undefined;
  const [low, high] = activationBounds(activation);
  return (sums, inputScale, first, count, result, at) => {
    for (let r = 0; r < count; r++) {
      const c = first + r;
      const step = fround(inputScale * scale[scale.length === 1 ? 0 : c]!);
      result[at + r] = clamp(fround(fround(fround(sums[r]!) * step) + (biases?.[c] ?? 0)), low, high);
    }
  };
}
