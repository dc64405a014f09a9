// Checks that compare shapes and types of operands.
import { countElements } from './tensor-facts.js';
import type { OperatorCheck } from './operands.js';

/** The listed inputs, those that are there, and the first output have one type. */
export function sameType(...inputs: readonly number[]): OperatorCheck {
  return ({ inputs: given, outputs }) => {
    const type = outputs[0]?.type;
    const other = inputs.find((index) => given[index] !== undefined && given[index].type !== type);
    return other === undefined
      ? undefined
      : { at: `inputs[${other}]`, what: `${given[other]!.type} goes in where ${String(type)} comes out` };
  };
}

/** Input and output hold equally many elements: the kernel walks both with one counter. */
export const sameCount: OperatorCheck = ({ shapeIn, shapeOut }) => {
  const input = shapeIn(0);
  const output = shapeOut(0);
  if (input === undefined || output === undefined || countElements(input) === countElements(output)) return undefined;
  return { at: 'outputs[0]', what: `[${input.join(', ')}] cannot become [${output.join(', ')}], element by element` };
};

/** The inputs are broadcast to the output. */
export function broadcasts(...inputs: readonly number[]): OperatorCheck {
  return ({ shapeIn, shapeOut }) => {
    const shapes = inputs.map(shapeIn);
    const output = shapeOut(0);
    if (output === undefined || shapes.includes(undefined)) return undefined;
    const rank = Math.max(output.length, ...shapes.map((shape) => shape!.length));
    for (let d = 1; d <= rank; d++) {
      const sizes = shapes.map((shape) => shape![shape!.length - d] ?? 1);
      const wide = sizes.find((size) => size !== 1) ?? 1;
      if (sizes.every((size) => size === 1 || size === wide) && (output[output.length - d] ?? 1) === wide) continue;
      const text = shapes.map((shape) => `[${shape!.join(', ')}]`).join(' and ');
      return { at: 'outputs[0]', what: `${text} are not broadcast to [${output.join(', ')}]` };
    }
    return undefined;
  };
}

/** An input has this many dimensions. */
export function rank(input: number, ...allowed: readonly number[]): OperatorCheck {
  return ({ shapeIn }) => {
    const shape = shapeIn(input);
    if (shape === undefined || allowed.includes(shape.length)) return undefined;
    return { at: `inputs[${input}]`, what: `it has ${shape.length} dimensions instead of ${allowed.join(' or ')}` };
  };
}

/** Options that the kernel divides or steps by. */
export function positive(...options: readonly string[]): OperatorCheck {
  return ({ option }) => {
    const zero = options.find((name) => !(option(name) >= 1));
    return zero === undefined ? undefined : { at: `builtin_options.${zero}`, what: `it is ${option(zero)}, below 1` };
  };
}

/** The filter of CONV_2D: channels in whole groups, one filter and bias per output channel. */
export const convolutionShapes: OperatorCheck = ({ shapeIn, shapeOut }) => {
  const [input, filter, bias, output] = [shapeIn(0), shapeIn(1), shapeIn(2), shapeOut(0)];
  if (filter === undefined) return undefined;
  const [filters = 0, , , channels = 0] = filter;
  if (countElements(filter) === 0) return { at: 'inputs[1]', what: 'the filter is empty' };
  if (input !== undefined && (input[3] === 0 || input[3]! % channels !== 0)) {
    return { at: 'inputs[1]', what: `${channels} filter channels do not divide the ${input[3]} input channels` };
  }
  if (input !== undefined && filters % (input[3]! / channels) !== 0) {
    return { at: 'inputs[1]', what: `${filters} filters do not divide into ${input[3]! / channels} groups` };
  }
  return perChannel(filters, bias, output);
};

/** The filter of DEPTHWISE_CONV_2D: the multiplier says how many outputs each input channel has. */
export const depthwiseShapes: OperatorCheck = ({ shapeIn, shapeOut, option }) => {
  const [input, filter, bias, output] = [shapeIn(0), shapeIn(1), shapeIn(2), shapeOut(0)];
  if (filter === undefined) return undefined;
  if (countElements(filter) === 0) return { at: 'inputs[1]', what: 'the filter is empty' };
  const multiplier = option('depth_multiplier');
  if (input !== undefined && input[3]! * multiplier !== filter[3]) {
    return { at: 'inputs[1]', what: `${input[3]} channels times ${multiplier} are not its ${filter[3]} channels` };
  }
  return perChannel(filter[3]!, bias, output);
};

/** FULLY_CONNECTED: weights [out, in]. */
export const fullyConnectedShapes: OperatorCheck = ({ shapeIn, shapeOut }) => {
  const [input, weights, bias, output] = [shapeIn(0), shapeIn(1), shapeIn(2), shapeOut(0)];
  if (weights === undefined) return undefined;
  const [units = 0, depth = 0] = weights;
  if (countElements(weights) === 0) return { at: 'inputs[1]', what: 'the weights are empty' };
  const inputCount = input === undefined ? undefined : countElements(input);
  if (inputCount !== undefined && inputCount % depth !== 0) {
    return { at: 'inputs[0]', what: `${inputCount} elements are not rows of ${depth}` };
  }
  const outputCount = output === undefined ? undefined : countElements(output);
  if (inputCount !== undefined && outputCount !== undefined && outputCount !== (inputCount / depth) * units) {
    return {
      at: 'outputs[0]',
      what: `${inputCount / depth} rows times ${units} units are not ${outputCount} elements`,
    };
  }
  return perChannel(units, bias, output);
};

function perChannel(channels: number, bias?: readonly number[], output?: readonly number[]): ReturnType<OperatorCheck> {
  if (bias !== undefined && countElements(bias) !== channels) {
    return { at: 'inputs[2]', what: `${countElements(bias)} biases go with ${channels} channels` };
  }
  if (output !== undefined && output.at(-1) !== channels) {
    return { at: 'outputs[0]', what: `${output.at(-1)} channels come out of ${channels} filters` };
  }
  return undefined;
}

/** Batch and channels pass through a pooling unchanged. */
export const poolingShapes: OperatorCheck = ({ shapeIn, shapeOut }) => {
  const [input, output] = [shapeIn(0), shapeOut(0)];
  if (input === undefined || output === undefined || (input[0] === output[0] && input[3] === output[3]))
    return undefined;
  return { at: 'outputs[0]', what: `[${input.join(', ')}] cannot be pooled to [${output.join(', ')}]` };
};

/** CONCATENATION: equal shapes but for the axis, whose sizes add up. */
export const concatenationShapes: OperatorCheck = ({ inputs, shapeIn, shapeOut, option }) => {
  const output = shapeOut(0);
  const shapes = inputs.map((_, index) => shapeIn(index));
  const size = output?.length ?? 0;
  const axis = option('axis') < 0 ? option('axis') + size : option('axis');
  if (output === undefined || shapes.includes(undefined)) return undefined;
  if (axis < 0 || axis >= size)
    return { at: 'builtin_options.axis', what: `${option('axis')} is not one of ${size} axes` };
  const wrong = shapes.findIndex(
    (shape) => shape!.length !== size || shape!.some((d, i) => i !== axis && d !== output[i]),
  );
  if (wrong >= 0) {
    return { at: `inputs[${wrong}]`, what: `[${shapes[wrong]!.join(', ')}] is not a part of [${output.join(', ')}]` };
  }
  const sum = shapes.reduce((total, shape) => total + shape![axis]!, 0);
  return sum === output[axis]
    ? undefined
    : { at: 'outputs[0]', what: `the inputs have ${sum} along the axis, not ${output[axis]}` };
};
