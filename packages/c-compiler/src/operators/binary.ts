// ADD, SUB, MUL, MAXIMUM and MINIMUM on int8, int16, float32, int32 and int64, SQUARED_DIFFERENCE on the first three, PRELU on int8
// and float32, DIV on float32: two operands broadcast to each other.
import {
  broadcastStrides,
  dataTypes,
  elementCount,
  int8Product,
  quantizedActivationBounds,
  quantizeMultiplier,
  squaredDifferenceScales,
  type FusedActivation,
  type Tensor,
} from '@wherry/graph';
import { elementwise } from '../access/orders.js';
import { input, integer, output, settings, type Argument, type KernelCall } from '../kernel-call.js';
import { numberForm, scaleOf, wholeForm, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { activationArgument } from './activation-f32.js';
import { inLevels, merged, nestValues } from './nest.js';
import { smallAddition } from './small-addition.js';

type Calls = readonly KernelCall[] | undefined;
type IntegerForm = 's8' | 's16';
type WholeForm = 's32' | 's64';
type Form = IntegerForm | 'f32' | WholeForm | 'u8';
type Operands = readonly [first: Tensor, second: Tensor, output: Tensor];

const both: readonly IntegerForm[] = ['s8', 's16'];
const whole: readonly WholeForm[] = ['s32', 's64'];

/** Bits that operands are shifted up by before they are scaled: TFLite's `left_shift`. */
const addShift = { s8: 20, s16: 15 };

export const addition = (context: OperatorContext<'ADD'>): Calls =>
  summed(context) ?? added(context, 0) ?? unscaled(context, 'add');
export const subtraction = (context: OperatorContext<'SUB'>): Calls =>
  added(context, 1) ?? unscaled(context, 'subtract');

/** With the DSP extension. */
function summed(context: OperatorContext<'ADD'>): Calls {
  if (!context.variant.startsWith('arm-') || numberForm(context, [0, 1]) !== 's8') return undefined;
  const [a, b, o] = [context.inputs[0]!, context.inputs[1]!, context.outputs[0]!];
  const { low, high } = clampTo(o, context.node.attributes.activation);
  const call = smallAddition({ operands: [a, b], output: o, scale: sumScale([a, b, o], 's8'), low, high });
  return call === undefined ? undefined : [call];
}

/** From the sum of operands that are moved up to the output. */
function sumScale([a, b, o]: Operands, form: keyof typeof addShift): ReturnType<typeof quantizeMultiplier> {
  return quantizeMultiplier((2 * Math.max(scaleOf(a), scaleOf(b))) / (2 ** addShift[form] * scaleOf(o)));
}

function added(context: OperatorContext<'ADD' | 'SUB'>, subtracts: 0 | 1): Calls {
  return binary(context, 'add', both, ([a, b, o], form) => {
    const twiceGreatest = 2 * Math.max(scaleOf(a), scaleOf(b));
    const [first, second] = [a, b].map((operand) => quantizeMultiplier(scaleOf(operand) / twiceGreatest));
    const { multiplier, shift } = sumScale([a, b, o], form);
    return settings('settings', 'wherry_addition', {
      first_zero_point: zeroPointOf(a),
      first_multiplier: first!.multiplier,
      first_shift: first!.shift,
      second_zero_point: zeroPointOf(b),
      second_multiplier: second!.multiplier,
      second_shift: second!.shift,
      multiplier,
      shift,
      ...clampTo(o, context.node.attributes.activation),
      subtracts,
    });
  });
}

export const division = (context: OperatorContext<'DIV'>): Calls => floats(context, 'divide', context.node.attributes);
export const multiplication = (context: OperatorContext<'MUL'>): Calls =>
  multiplied(context) ?? unscaled(context, 'multiply');

/** On real and on whole numbers. */
function unscaled(context: OperatorContext<'ADD' | 'SUB' | 'MUL'>, name: string): Calls {
  return binary(context, name, ['f32', ...whole], () => activationArgument(context.node.attributes));
}

function floats(context: OperatorContext, name: string, attributes: Parameters<typeof activationArgument>[0]): Calls {
  return binary(context, name, ['f32'], () => activationArgument(attributes));
}

function multiplied(context: OperatorContext<'MUL'>): Calls {
  return binary(context, 'multiply', both, (operands) => {
    const { scale, zeroPoint, bounds } = int8Product(operands, context.node.attributes.activation);
    const [a, b] = operands;
    return settings('settings', 'wherry_multiplication', {
      first_zero_point: zeroPointOf(a),
      second_zero_point: zeroPointOf(b),
      multiplier: scale.multiplier,
      shift: scale.shift,
      zero_point: zeroPoint,
      low: bounds[0] - zeroPoint,
      high: bounds[1] - zeroPoint,
    });
  });
}

export const prelu = (context: OperatorContext<'PRELU'>): Calls =>
  preluOfIntegers(context) ?? floats(context, 'prelu', {});

function preluOfIntegers(context: OperatorContext<'PRELU'>): Calls {
  return binary(context, 'prelu', ['s8'], ([x, slope, o]) => {
    const identity = quantizeMultiplier(scaleOf(x) / scaleOf(o));
    const product = quantizeMultiplier((scaleOf(x) * scaleOf(slope)) / scaleOf(o));
    return settings('settings', 'wherry_prelu', {
      input_zero_point: zeroPointOf(x),
      slope_zero_point: zeroPointOf(slope),
      zero_point: zeroPointOf(o),
      multiplier: identity.multiplier,
      shift: identity.shift,
      slope_multiplier: product.multiplier,
      slope_shift: product.shift,
    });
  });
}

export const squaredDifference = (context: OperatorContext<'SQUARED_DIFFERENCE'>): Calls =>
  squaredInIntegers(context) ?? floats(context, 'squared-difference', {});

function squaredInIntegers(context: OperatorContext<'SQUARED_DIFFERENCE'>): Calls {
  return binary(context, 'squared-difference', both, ([a, b, o]) => {
    const { first, second, output: square } = squaredDifferenceScales([a, b, o]);
    return settings('settings', 'wherry_squared_difference', {
      first_zero_point: zeroPointOf(a),
      first_multiplier: first.multiplier,
      first_shift: first.shift,
      second_zero_point: zeroPointOf(b),
      second_multiplier: second.multiplier,
      second_shift: second.shift,
      multiplier: square.multiplier,
      shift: square.shift,
      ...clampTo(o, 'NONE'),
    });
  });
}

export const maximum = (context: OperatorContext<'MAXIMUM'>): Calls => extremum(context, 1);
export const minimum = (context: OperatorContext<'MINIMUM'>): Calls => extremum(context, 0);

function extremum(context: OperatorContext, takesGreater: 0 | 1): Calls {
  return binary(context, 'extremum', [...both, 'f32', ...whole, 'u8'], () => integer(takesGreater));
}

function clampTo(tensor: Tensor, activation: FusedActivation): { zero_point: number; low: number; high: number } {
  const zeroPoint = zeroPointOf(tensor);
  const [low, high] = quantizedActivationBounds(activation, tensor.dtype, tensor.quantization!);
  return { zero_point: zeroPoint, low: low - zeroPoint, high: high - zeroPoint };
}

/** `forms`: those that the kernel is there in. `last`: the argument behind operands and nest. */
function binary<F extends Form>(
  context: OperatorContext,
  name: string,
  forms: readonly F[],
  last: (operands: Operands, form: F) => Argument,
): Calls {
  const type = numberForm(context, [0, 1]) ?? wholeForm(context, [0, 1]) ?? byteForm(context);
  const form = forms.find((one) => one === type);
  if (form === undefined) return undefined;
  const operands: Operands = [context.inputs[0]!, context.inputs[1]!, context.outputs[0]!];
  const { shape } = operands[2];
  const levels = inLevels(merged(broadcast(operands)), 5);
  if (levels === undefined) return undefined;
  const count = elementCount(shape);
  const { bytes } = dataTypes[operands[2].dtype];
  // What has as many elements as the output is walked in its order.
  const walked = [0, 1].filter((i) => elementCount(operands[i]!.shape) === count);
  return [
    {
      file: `${name}-${form}`,
      kernel: `wherry_${name.replaceAll('-', '_')}_${form}`,
      arguments: [
        ...[input(0), input(1), output(0)],
        settings('nest', 'wherry_nest', nestValues(levels)),
        last(operands, form),
      ],
      ...(walked.length === 0
        ? {}
        : { access: elementwise(count, walked, { read: bytes, written: bytes }, rest(operands, walked, bytes)) }),
    },
  ];
}

/** uint8, and truths, which are 0 and 1. */
function byteForm({ inputs, outputs }: OperatorContext): 'u8' | undefined {
  const types = new Set([...inputs, outputs[0]].map((tensor) => tensor?.dtype));
  return types.size === 1 && (types.has('uint8') || types.has('bool')) ? 'u8' : undefined;
}

/** Operands that are read again and again, wholly. */
function rest(operands: Operands, walked: readonly number[], bytes: number): { position: number; bytes: number }[] {
  return [0, 1]
    .filter((position) => !walked.includes(position))
    .map((position) => ({ position, bytes: bytes * elementCount(operands[position]!.shape) }));
}

function broadcast([first, second, { shape }]: Operands): { count: number; steps: number[] }[] {
  const [a, b] = [broadcastStrides(first.shape, shape), broadcastStrides(second.shape, shape)];
  return shape.map((count, d) => ({ count, steps: [a[d]!, b[d]!] }));
}
