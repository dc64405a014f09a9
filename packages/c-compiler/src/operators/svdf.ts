// SVDF on int8, whose time filters and state are both int8 or both int16, and on float32.
import { quantizeMultiplier, type Tensor } from '@wherry/graph';
import { array, input, output, settings, state, type KernelCall } from '../kernel-call.js';
import { areInt8, numberForm, scaleOf, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { activationNumber } from './activation-f32.js';
import { foldedBias } from './requantization.js';

export function svdf(context: OperatorContext<'SVDF'>): readonly KernelCall[] | undefined {
  const { inputs, outputs, node } = context;
  const [source, feature, time, bias, memory] = inputs as [Tensor, Tensor, Tensor, Tensor, Tensor];
  if (!areInt8(context, [0, 1]) || [feature, time, bias].some(({ data }) => data === undefined)) return undefined;
  const [filters, depth] = feature.shape as [number, number];
  const { rank } = node.attributes;
  const values = feature.data as Int8Array;
  const intoState = quantizeMultiplier((scaleOf(source) * scaleOf(feature)) / scaleOf(memory));
  const intoOutput = quantizeMultiplier((scaleOf(memory) * scaleOf(time)) / scaleOf(outputs[0]!));
  const form = time.dtype === 'int8' ? 's8' : 's16';
  return [
    {
      file: `svdf-${form}`,
      kernel: `wherry_svdf_${form}`,
      arguments: [
        input(0),
        output(0),
        state(4),
        input(1),
        input(2),
        {
          ...foldedBias(undefined, zeroPointOf(source), filters, (f) => values.subarray(f * depth, (f + 1) * depth)),
          name: 'offsets',
        },
        array('bias', 'int32_t', bias.data as Int32Array),
        settings('settings', 'wherry_svdf', {
          batches: source.shape[0]!,
          units: filters / rank,
          rank,
          depth,
          length: time.shape[1]!,
          state_zero_point: zeroPointOf(memory),
          state_multiplier: intoState.multiplier,
          state_shift: intoState.shift,
          multiplier: intoOutput.multiplier,
          shift: intoOutput.shift,
          zero_point: zeroPointOf(outputs[0]!),
        }),
      ],
    },
  ];
}

export function svdfFloat(context: OperatorContext<'SVDF'>): readonly KernelCall[] | undefined {
  const { inputs, node } = context;
  const [source, feature, time, bias] = inputs as [Tensor, Tensor, Tensor, Tensor];
  if (numberForm(context, [0, 1, 2, 3, 4]) !== 'f32') return undefined;
  if ([feature, time, bias].some(({ data }) => data === undefined)) return undefined;
  const [filters, depth] = feature.shape as [number, number];
  const { rank, activation } = node.attributes;
  const sizes = { batches: source.shape[0]!, units: filters / rank, rank, depth, length: time.shape[1]! };
  return [
    {
      file: 'svdf-f32',
      kernel: 'wherry_svdf_f32',
      arguments: [
        input(0),
        output(0),
        state(4),
        ...[1, 2, 3].map(input),
        settings('settings', 'wherry_svdf_f32_settings', { ...sizes, activation: activationNumber(activation) }),
      ],
    },
  ];
}
