// UNIDIRECTIONAL_SEQUENCE_LSTM on int8 and on float32.
import {
  lstmCell,
  lstmGates,
  lstmHidden,
  lstmInput,
  lstmScales,
  lstmSizes,
  sigmoidPlaces,
  type LstmScales,
} from '@wherry/graph';
import {
  array,
  input,
  output,
  settings,
  state,
  type ArrayArgument,
  type KernelCall,
  type RecordsArgument,
} from '../kernel-call.js';
import { areInt8, numberForm, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { foldedBias } from './requantization.js';

const constants = lstmGates.flatMap((gate) => [gate.input, gate.hidden, gate.bias]);

export function lstm(context: OperatorContext<'UNIDIRECTIONAL_SEQUENCE_LSTM'>): readonly KernelCall[] | undefined {
  const { inputs, node } = context;
  if (!areInt8(context, [lstmInput]) || constants.some((at) => inputs[at]!.data === undefined)) return undefined;
  const [source, hidden] = [inputs[lstmInput]!, inputs[lstmHidden]!];
  const { cellClip, timeMajor } = node.attributes;
  const { batches, steps, depth, units, alongBatch, alongTime } = lstmSizes(source.shape, hidden.shape, timeMajor);
  const scales = lstmScales(inputs, cellClip);
  const filter = (position: number): Int8Array => inputs[position]!.data as Int8Array;
  const biases = lstmGates.map((gate) =>
    foldedBias(inputs[gate.bias], zeroPointOf(source), units, (u) =>
      filter(gate.input).subarray(u * depth, (u + 1) * depth),
    ),
  );
  return [
    {
      file: 'lstm-s8',
      kernel: 'wherry_lstm_s8',
      arguments: [
        input(lstmInput),
        output(0),
        state(lstmHidden),
        state(lstmCell),
        array('filters', 'int8_t', joined(lstmGates.map((gate) => filter(gate.input)))),
        array('recurrent', 'int8_t', joined(lstmGates.map((gate) => filter(gate.hidden)))),
        array('bias', 'int32_t', joined(biases.map(({ values }) => values))),
        gateRecords(scales),
        array('places', 'uint16_t', sigmoidPlaces),
        settings('settings', 'wherry_lstm', {
          batches,
          steps,
          depth,
          units,
          along_batch: alongBatch,
          along_time: alongTime,
          hidden_zero_point: zeroPointOf(hidden),
          kept_multiplier: scales.kept.multiplier,
          kept_shift: scales.kept.shift,
          added_multiplier: scales.added.multiplier,
          added_shift: scales.added.shift,
          shown_multiplier: scales.shown.multiplier,
          shown_shift: scales.shown.shift,
          low: scales.cellBounds[0],
          high: scales.cellBounds[1],
          cell: { ...scales.cellSteps },
        }),
      ],
    },
  ];
}

function gateRecords({ gates }: LstmScales): RecordsArgument {
  const records = gates.map(({ input: own, hidden: past }) => ({
    input_multiplier: own.multiplier,
    input_shift: own.shift,
    hidden_multiplier: past.multiplier,
    hidden_shift: past.shift,
  }));
  return { is: 'records', name: 'gates', type: 'wherry_lstm_gate', records };
}

/** On float32. */
export function lstmFloat(context: OperatorContext<'UNIDIRECTIONAL_SEQUENCE_LSTM'>): readonly KernelCall[] | undefined {
  const { inputs, node } = context;
  const operands = [lstmInput, lstmHidden, lstmCell, ...constants];
  if (numberForm(context, operands) !== 'f32' || constants.some((at) => inputs[at]!.data === undefined))
    return undefined;
  const { cellClip, timeMajor } = node.attributes;
  const sizes = lstmSizes(inputs[lstmInput]!.shape, inputs[lstmHidden]!.shape, timeMajor);
  const ofGates = (name: string, part: 'input' | 'hidden' | 'bias'): ArrayArgument =>
    array(name, 'float', joined(lstmGates.map((gate) => inputs[gate[part]]!.data as Float32Array)));
  return [
    {
      file: 'lstm-f32',
      kernel: 'wherry_lstm_f32',
      arguments: [
        input(lstmInput),
        output(0),
        state(lstmHidden),
        state(lstmCell),
        ofGates('filters', 'input'),
        ofGates('recurrent', 'hidden'),
        ofGates('bias', 'bias'),
        settings('settings', 'wherry_lstm_f32_settings', {
          batches: sizes.batches,
          steps: sizes.steps,
          depth: sizes.depth,
          units: sizes.units,
          along_batch: sizes.alongBatch,
          along_time: sizes.alongTime,
          clip: Math.fround(cellClip),
        }),
      ],
    },
  ];
}

function joined(parts: readonly ArrayLike<number>[]): number[] {
  return parts.flatMap((part) => Array.from(part));
}
