// Bounds of operators whose outputs never fall when an input rises: their kernels on all least and on all greatest values.
import { allocate, elementCount, type Operand, type Rounding, type Tensor } from '@wherry/graph';
import { boundsOfData, channelsOf, fullRange, union, type ChannelBounds } from './channel-bounds.js';
import { byType, inputOf, outputsOf, type BoundsContext, type BoundsRule } from './bounds-rule.js';
import { runKernel } from './run-kernel.js';

/** `ignored`: operands that the kernel does not read (a shape, once the output has it). Others that are not known end in the type's range. */
export function monotone(...ignored: readonly number[]): BoundsRule {
  return (context) => {
    const least = operandsAt(context, 'low', ignored);
    const greatest = operandsAt(context, 'high', ignored);
    const outputs = outputsOf(context);
    if (least === undefined || greatest === undefined || outputs.some((tensor) => fullRange(tensor) === undefined))
      return byType(context);
    let bounds: readonly ChannelBounds[] | undefined;
    for (const rounding of context.roundings) {
      const found = between(context, least, greatest, rounding);
      if (found === undefined) return byType(context);
      bounds = bounds === undefined ? found : bounds.map((known, i) => union(known, found[i]!));
    }
    return bounds ?? byType(context);
  };
}

function between(
  context: BoundsContext,
  least: readonly (Operand | undefined)[],
  greatest: readonly (Operand | undefined)[],
  rounding: Rounding,
): readonly ChannelBounds[] | undefined {
  const outputs = outputsOf(context);
  const low = runKernel(context.node, least, outputs, rounding);
  const high = runKernel(context.node, greatest, outputs, rounding);
  if (low === undefined || high === undefined) return undefined;
  return outputs.map((tensor, i) => boundsOfData(low[i]!, high[i]!, channelsOf(tensor)));
}

/** Undefined where an operand that is read has neither a value nor bounds. */
function operandsAt(
  context: BoundsContext,
  end: 'low' | 'high',
  ignored: readonly number[],
): readonly (Operand | undefined)[] | undefined {
  const operands: (Operand | undefined)[] = [];
  for (let position = 0; position < context.node.inputs.length; position++) {
    const tensor = inputOf(context, position);
    const operand = tensor === undefined ? undefined : operandAt(context, position, tensor, end, ignored);
    if (tensor !== undefined && operand === undefined) return undefined;
    operands.push(operand);
  }
  return operands;
}

function operandAt(
  context: BoundsContext,
  position: number,
  tensor: Tensor,
  end: 'low' | 'high',
  ignored: readonly number[],
): Operand | undefined {
  if (tensor.data !== undefined) return { ...tensor, data: tensor.data };
  const data = allocate(tensor.dtype, elementCount(tensor.shape));
  if (ignored.includes(position)) return { ...tensor, data };
  const bounds = context.boundsOf(position)?.[end];
  if (bounds === undefined) return undefined;
  for (let i = 0; i < data.length; i++) data[i] = bounds[i % bounds.length]!;
  return { ...tensor, data };
}
