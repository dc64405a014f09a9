// Checks of scales: whether the kernels can turn them into the fixed-point multipliers that they work with.
import type { OperatorCheck, Operands } from './operands.js';

/** Types that stand for real numbers by a scale. */
const narrow: ReadonlySet<string> = new Set(['INT4', 'INT8', 'UINT8', 'INT16']);

/** The listed inputs and the first output have a scale where their type needs one; the kernels divide by it. */
export function quantized(...inputs: readonly number[]): OperatorCheck {
  return ({ inputs: given, outputs }) => {
    const output = outputs[0];
    if (output === undefined || !narrow.has(output.type)) return undefined;
    const operands = [
      ...inputs.map((index) => [`inputs[${index}]`, given[index]] as const),
      ['outputs[0]', output] as const,
    ];
    for (const [at, tensor] of operands) {
      if (tensor === undefined || !narrow.has(tensor.type)) continue;
      const { scale, zero_point: zeroPoint } = tensor.quantization ?? {};
      if (!scale?.length || !zeroPoint?.length) return { at, what: `${tensor.type} has no scale and zero point` };
    }
    return undefined;
  };
}

/**
 * SOFTMAX: beta, and beta times the input scale in the kernel's format with 5 integer bits, which must exceed 1
 * (TFLite's PreprocessSoftmaxScaling).
 */
export const softmaxScaling: OperatorCheck = ({ inputs: [input], option }) => {
  const beta = option('beta');
  const at = 'builtin_options.beta';
  if (!(beta > 0 && beta < Infinity)) return { at, what: `it is ${beta}, not finite and above zero` };
  const scale = input?.quantization?.scale?.[0];
  if (scale === undefined || (input?.type !== 'INT8' && input?.type !== 'UINT8')) return undefined;
  return beta * scale * 2 ** 26 > 1
    ? undefined
    : { at, what: `${beta} times the input scale ${scale} is too small for the kernel` };
};

/** ADD and SUB: the sum at twice the wider input scale must come down to the output by a factor below 1. */
export const sumScaling: OperatorCheck = (operands) => {
  const [left, right, output] = [
    scaleOf(operands, 'inputs', 0),
    scaleOf(operands, 'inputs', 1),
    scaleOf(operands, 'outputs', 0),
  ];
  if (left === undefined || right === undefined || output === undefined) return undefined;
  const headroom = operands.outputs[0]?.type === 'INT16' ? 15 : 20;
  if (2 * Math.max(left, right) < 2 ** headroom * output) return undefined;
  return { at: 'outputs[0]', what: `the scale ${output} is too fine for a sum of scales ${left} and ${right}` };
};

function scaleOf(operands: Operands, side: 'inputs' | 'outputs', index: number): number | undefined {
  const tensor = operands[side][index];
  return tensor !== undefined && narrow.has(tensor.type) ? tensor.quantization?.scale?.[0] : undefined;
}
