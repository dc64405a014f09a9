// Bounds of sums and means: monotone as long as their sums fit the kernels' 32 bits.
import { elementCount, integerRange, type Tensor } from '@wherry/graph';
import { byType, inputOf, outputsOf, type BoundsRule } from './bounds-rule.js';
import { monotone } from './monotone-bounds.js';

const ofKernels = monotone();

export const reduced: BoundsRule = (context) => {
  const input = inputOf(context, 0)!;
  const output = outputsOf(context)[0]!;
  return context.boundsOf(0) !== undefined && output.quantization !== undefined && fits(input, output)
    ? ofKernels(context)
    : byType(context);
};

/** The sum, shifted up as far as a scale above 1 asks for. */
function fits(input: Tensor, output: Tensor): boolean {
  const [least, greatest] = integerRange(input.dtype);
  const summed = elementCount(input.shape) / Math.max(1, elementCount(output.shape));
  const up = Math.max(1, (2 * input.quantization!.scale[0]!) / output.quantization!.scale[0]!);
  return summed * (greatest - least) * up < 2 ** 31;
}
