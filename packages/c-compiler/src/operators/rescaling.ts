// Functions of one integer that are a scale and a clamp: QUANTIZE of integers, and RELU, RELU6, LEAKY_RELU and ABS on int16.
import {
  dataTypes,
  elementCount,
  integerRange,
  quantizedActivationBounds,
  quantizeMultiplier,
  type Tensor,
} from '@wherry/graph';
import { elementwise } from '../access/orders.js';
import { input, integer, output, settings, type Argument, type KernelCall } from '../kernel-call.js';
import { scaleOf, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { lookUp } from './look-up.js';

type Calls = readonly KernelCall[] | undefined;

/** The kernel of that name: a scale from the input's steps to the output's, and a clamp, by default to the output's type. */
export function rescaled(
  context: OperatorContext,
  name: string,
  bounds: readonly [number, number] = integerRange(context.outputs[0]!.dtype),
): Calls {
  const [source, result] = [context.inputs[0]!, context.outputs[0]!];
  const { multiplier, shift } = quantizeMultiplier(scaleOf(source) / scaleOf(result));
  const zeroPoint = zeroPointOf(result);
  const [low, high] = bounds.map((bound) => bound - zeroPoint) as [number, number];
  // An int32 with a zero point has bounds that no int32 holds.
  if (low < -2147483648 || high > 2147483647) return undefined;
  return mapped(context, name, [
    settings('settings', 'wherry_rescaling', {
      input_zero_point: zeroPointOf(source),
      multiplier,
      shift,
      zero_point: zeroPoint,
      low,
      high,
    }),
  ]);
}

export function relu(context: OperatorContext<'RELU'>): Calls {
  if (!areInt16(context)) return lookUp(context);
  const { dtype, quantization } = context.outputs[0]!;
  return rescaled(context, 'rescale-s16', quantizedActivationBounds('RELU', dtype, quantization!));
}

/** On int16 its bounds come of the input's scale, as on the interpreters, and the values stay. */
export function relu6(context: OperatorContext<'RELU6'>): Calls {
  if (!areInt16(context)) return lookUp(context);
  const { dtype, quantization } = context.inputs[0]!;
  return mapped(context, 'clamp-s16', quantizedActivationBounds('RELU6', dtype, quantization!).map(integer));
}

export function leakyRelu(context: OperatorContext<'LEAKY_RELU'>): Calls {
  if (!areInt16(context)) return lookUp(context);
  const [source, result] = [context.inputs[0]!, context.outputs[0]!];
  const alpha = Math.fround(context.node.attributes.alpha);
  const identity = quantizeMultiplier(scaleOf(source) / scaleOf(result));
  const leak = quantizeMultiplier((scaleOf(source) * Math.abs(alpha)) / scaleOf(result));
  return mapped(context, 'leaky-relu-s16', [
    settings('settings', 'wherry_leaky_relu', {
      input_zero_point: zeroPointOf(source),
      zero_point: zeroPointOf(result),
      multiplier: identity.multiplier,
      shift: identity.shift,
      leak_multiplier: leak.multiplier,
      leak_shift: leak.shift,
      leak_turns: Number(alpha < 0),
    }),
  ]);
}

/** An int16 input has no zero point. */
export function magnitude(context: OperatorContext<'ABS'>): Calls {
  if (!areInt16(context)) return lookUp(context);
  const [source, result] = [context.inputs[0]!, context.outputs[0]!];
  const { multiplier, shift } = quantizeMultiplier(scaleOf(source) / scaleOf(result));
  return mapped(context, 'abs-s16', [multiplier, shift, zeroPointOf(result)].map(integer));
}

/** `rest`: the arguments behind operands and count. */
function mapped({ inputs, outputs }: OperatorContext, name: string, rest: readonly Argument[]): Calls {
  const [source, result] = [inputs[0]!, outputs[0]!];
  const count = elementCount(result.shape);
  return [
    {
      file: name,
      kernel: `wherry_${name.replaceAll('-', '_')}`,
      arguments: [input(0), output(0), integer(count), ...rest],
      access: elementwise(count, [0], { read: bytesOf(source), written: bytesOf(result) }),
    },
  ];
}

function bytesOf({ dtype }: Tensor): number {
  return dataTypes[dtype].bytes;
}

function areInt16({ inputs, outputs }: OperatorContext): boolean {
  return inputs[0]!.dtype === 'int16' && outputs[0]!.dtype === 'int16';
}
