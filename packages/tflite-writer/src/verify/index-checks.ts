// Checks of axes and constant index operands against the shapes that they index.
import type { OperatorCheck } from './operands.js';

/** A constant operand whose values are axes of input 0, counted from the end when negative. */
export function axesOf(operand: number, extraAxes = 0): OperatorCheck {
  return ({ shapeIn, valuesIn }) => {
    const shape = shapeIn(0);
    const axes = valuesIn(operand);
    if (shape === undefined || axes === undefined) return undefined;
    const rank = shape.length + extraAxes;
    // A scalar may be reduced along axis 0 or -1, which changes nothing.
    const wrong = axes.find((axis) => axis < -Math.max(rank, 1) || axis >= Math.max(rank, 1));
    return wrong === undefined ? undefined : { at: `inputs[${operand}]`, what: `${wrong} is not one of ${rank} axes` };
  };
}

/** An axis among the options. */
export function axisOption(name: string, extraAxes = 0): OperatorCheck {
  return ({ shapeIn, option }) => {
    const shape = shapeIn(0);
    if (shape === undefined) return undefined;
    const rank = shape.length + extraAxes;
    const axis = option(name);
    return axis >= -rank && axis < rank
      ? undefined
      : { at: `builtin_options.${name}`, what: `${axis} is not one of ${rank} axes` };
  };
}

/** [rank, 2] counts of padding. */
export const paddings: OperatorCheck = ({ shapeIn, shapeOut, valuesIn }) => {
  const [input, output, counts] = [shapeIn(0), shapeOut(0), valuesIn(1)];
  if (input === undefined || counts === undefined) return undefined;
  if (counts.length !== 2 * input.length) {
    return { at: 'inputs[1]', what: `${counts.length} paddings go with ${input.length} dimensions` };
  }
  if (counts.some((count) => count < 0)) return { at: 'inputs[1]', what: `a padding is negative` };
  const wrong = input.findIndex(
    (d, i) => output !== undefined && d + counts[2 * i]! + counts[2 * i + 1]! !== output[i],
  );
  return wrong < 0
    ? undefined
    : { at: 'outputs[0]', what: `dimension ${wrong} is not ${input[wrong]} with its padding` };
};

/** A permutation of the input's axes, and the output in its order. */
export const permutation: OperatorCheck = ({ shapeIn, shapeOut, valuesIn }) => {
  const [input, output, order] = [shapeIn(0), shapeOut(0), valuesIn(1)];
  if (input === undefined || order === undefined) return undefined;
  const axes = order.map((axis) => (axis < 0 ? axis + input.length : axis));
  if (
    axes.length !== input.length ||
    new Set(axes).size !== axes.length ||
    axes.some((axis) => input[axis] === undefined)
  ) {
    return { at: 'inputs[1]', what: `[${order.join(', ')}] does not put ${input.length} axes in order` };
  }
  const wrong = axes.findIndex((axis, i) => output !== undefined && input[axis] !== output[i]);
  return wrong < 0
    ? undefined
    : { at: 'outputs[0]', what: `dimension ${wrong} is not that of input axis ${axes[wrong]}` };
};

/** GATHER: indices within the gathered axis. */
export const gatherIndices: OperatorCheck = ({ shapeIn, valuesIn, option }) => {
  const shape = shapeIn(0);
  if (shape === undefined) return undefined;
  const axis = option('axis') < 0 ? option('axis') + shape.length : option('axis');
  const size = shape[axis];
  if (size === undefined)
    return { at: 'builtin_options.axis', what: `${option('axis')} is not one of ${shape.length} axes` };
  const wrong = valuesIn(1)?.find((index) => index < 0 || index >= size);
  return wrong === undefined ? undefined : { at: 'inputs[1]', what: `${wrong} is outside of an axis of ${size}` };
};

/** Constant rows of an embedding table. */
export const lookupRows: OperatorCheck = ({ shapeIn, valuesIn }) => {
  const rows = shapeIn(1)?.[0];
  const wrong = rows === undefined ? undefined : valuesIn(0)?.find((row) => row < 0 || row >= rows);
  return wrong === undefined ? undefined : { at: 'inputs[0]', what: `${wrong} is outside of a table of ${rows} rows` };
};

/** STRIDED_SLICE: begin, end and strides of one length, no more than the rank with new axes, no stride of zero. */
export const sliceSteps: OperatorCheck = ({ shapeIn, valuesIn, option }) => {
  const [begin, end, strides] = [valuesIn(1), valuesIn(2), valuesIn(3)];
  if (strides?.includes(0)) return { at: 'inputs[3]', what: 'a stride is zero' };
  const lengths = [begin, end, strides].flatMap((values) => (values === undefined ? [] : [values.length]));
  if (new Set(lengths).size > 1) return { at: 'inputs[1]', what: 'begin, end and strides have different lengths' };
  const length = lengths[0];
  const shape = shapeIn(0);
  if (shape === undefined || length === undefined || length <= shape.length) return undefined;
  const newAxes = option('new_axis_mask') | option('ellipsis_mask');
  return newAxes !== 0 ? undefined : { at: 'inputs[1]', what: `${length} slices go with ${shape.length} dimensions` };
};

/** SLICE: begin and size within the input; a size of -1 takes the rest. */
export const sliceRange: OperatorCheck = ({ shapeIn, valuesIn }) => {
  const [shape, begin, size] = [shapeIn(0), valuesIn(1), valuesIn(2)];
  if (shape === undefined || begin === undefined || size === undefined) return undefined;
  if (begin.length !== shape.length || size.length !== shape.length) {
    return {
      at: 'inputs[1]',
      what: `${begin.length} begins and ${size.length} sizes go with ${shape.length} dimensions`,
    };
  }
  const wrong = shape.findIndex((d, i) => begin[i]! < 0 || size[i]! < -1 || begin[i]! + Math.max(size[i]!, 0) > d);
  return wrong < 0
    ? undefined
    : { at: 'inputs[2]', what: `${begin[wrong]} + ${size[wrong]} leaves a dimension of ${shape[wrong]}` };
};

/** Values of a constant operand are at least `least`. */
export function atLeast(operand: number, least: number): OperatorCheck {
  return ({ valuesIn }) => {
    const wrong = valuesIn(operand)?.find((value) => value < least);
    return wrong === undefined ? undefined : { at: `inputs[${operand}]`, what: `${wrong} is below ${least}` };
  };
}

/** The number of parts that the options promise is the number of operands: the kernel counts by the options. */
export function countsOperands(name: string, side: 'inputs' | 'outputs'): OperatorCheck {
  return ({ option, hasOptions, ...operands }) => {
    const count = operands[side].length;
    if (hasOptions && option(name) === count) return undefined;
    return { at: `builtin_options.${name}`, what: `it says ${option(name)}, and there are ${count} ${side}` };
  };
}

/** RESIZE: a constant size is that of the output. */
export const resizedSize: OperatorCheck = ({ shapeOut, valuesIn }) => {
  const [output, size] = [shapeOut(0), valuesIn(1)];
  if (output === undefined || size === undefined || (size[0] === output[1] && size[1] === output[2])) return undefined;
  return { at: 'outputs[0]', what: `[${output.join(', ')}] is not resized to [${size.join(', ')}]` };
};
