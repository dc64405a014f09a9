// FULLY_CONNECTED on int8 with weights that have a zero point.
import { elementCount, type Tensor } from '@wherry/graph';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import { areInt8, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { areConstants } from './filtering.js';
import { inNibbles } from './nibbles.js';
import { channelScaling, foldedBias } from './requantization.js';

export function denseAsymmetric(context: OperatorContext<'FULLY_CONNECTED'>): readonly KernelCall[] | undefined {
  const { inputs, outputs, node } = context;
  const [source, weights, bias] = inputs as [Tensor, Tensor, Tensor | undefined];
  if (!areInt8(context, [0]) || !areConstants(weights, bias)) return undefined;
  const [units, depth] = weights.shape as [number, number];
  const scaling = channelScaling({ input: source, weights, output: outputs[0]! }, units, node.attributes.activation);
  const values = weights.data as Int8Array;
  const areNibbles = weights.dtype === 'int4';
  const form = areNibbles ? 's4' : 's8';
  return [
    {
      file: `dense-asymmetric-${form}`,
      kernel: `wherry_dense_asymmetric_${form}`,
      arguments: [
        input(0),
        output(0),
        areNibbles ? array('weights', 'uint16_t', inNibbles(values)) : array('weights', 'int8_t', values),
        // Zero points are taken off the values one by one.
        foldedBias(bias, 0, units, () => []),
        scaling.multipliers,
        scaling.shifts,
        settings('settings', 'wherry_dense_asymmetric', {
          vectors: elementCount(source.shape) / depth,
          units,
          depth,
          input_zero_point: zeroPointOf(source),
          weight_zero_point: zeroPointOf(weights),
          to: scaling.to,
        }),
      ],
    },
  ];
}
