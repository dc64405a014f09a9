// What every operator with a filter requires of its quantization and bias.
import type { OperandSpec, Requirement } from '../op-definition.js';
import { elementCount } from '../shape.js';

/** Input 1 is the filter, input `biasAt` the optional bias; `axis` is the filter's dimension of output channels. */
export function filterRules(axis: number, biasAt = 2): readonly Requirement<object>[] {
  return [
    {
      sentence: 'the bias has one value per output channel',
      holds: ({ inputs }) =>
        inputs[biasAt] === undefined || elementCount(inputs[biasAt].shape) === inputs[1]!.shape[axis],
    },
    {
      sentence: 'a quantized filter has one scale, or one per output channel',
      holds: ({ inputs: [, filter] }) => {
        const count = filter!.quantization?.scale.length ?? 1;
        return count === 1 || count === filter!.shape[axis];
      },
    },
  ];
}

/** The runtime's convolution kernels ignore an integer filter's zero point; another than 0 would be computed wrongly. */
export const symmetricFilter: Requirement<object> = {
  sentence: 'the zero points of an int8 or int4 filter are 0',
  holds: ({ inputs: [, filter] }) =>
    (filter!.dtype !== 'int8' && filter!.dtype !== 'int4') ||
    (filter!.quantization?.zeroPoint ?? []).every((z) => z === 0),
};

/** Whether the filter has as many scales as output channels, be it one: what TFLite's operator versions tell apart. */
export function isPerChannel({ quantization, shape }: OperandSpec, axis: number): boolean {
  return quantization?.scale.length === shape[axis];
}
