// Whether the scales of what a kernel reads are too large beside that of what it writes.
import type { OperandSpec } from '@wherry/graph';
import type { ScaleRatio } from '../runtime-kernels.js';

type Scaled = Pick<OperandSpec, 'dtype' | 'quantization'>;

/** By how much, where it is not below what the kernel takes. `operands`: those that the ratio is of. */
export function exceededRatio(
  ratio: ScaleRatio,
  operands: readonly (Scaled | undefined)[],
  output: Pick<Scaled, 'quantization'> | undefined,
): number | undefined {
  const product = productOfScales(ratio, operands);
  const step = output?.quantization?.scale[0];
  if (product === undefined || step === undefined) return undefined;
  // Runtimes reckon in float32 or in float64.
  const found = Math.max(product / step, Math.fround(Math.fround(product) / step));
  return found >= ratio.below ? found : undefined;
}

/** The greatest over all channels; undefined where the limit is not of these operands. */
export function productOfScales(
  { activations, weights }: ScaleRatio,
  operands: readonly (Scaled | undefined)[],
): number | undefined {
  const [first, ...others] = operands;
  if (first === undefined || activations?.includes(first.dtype) === false) return undefined;
  if (others.some((other) => other === undefined || weights?.includes(other.dtype) === false)) return undefined;
  const scales = operands.map((operand) => operand!.quantization?.scale);
  if (scales.includes(undefined)) return undefined;
  return scales.reduce((product, scale) => product * Math.max(...scale!), 1);
}
