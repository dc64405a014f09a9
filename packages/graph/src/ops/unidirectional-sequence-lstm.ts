// UNIDIRECTIONAL_SEQUENCE_LSTM: a long short-term memory over a sequence, which goes on where the last run ended.
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { gateOperands, lstmCell, lstmFloat, lstmHidden, lstmInput, lstmInt8, lstmSizes } from '../arithmetic/lstm.js';
import { defineOperator, type KernelContext, type OperandSpec, type OperatorContext } from '../op-definition.js';
import { activation, bias, copied, index, state, weights } from '../operand-role.js';
import { sameShape } from '../shape.js';

export interface UnidirectionalSequenceLstmAttributes {
  /** Of what is added to the cell state; a name of the schema's ActivationFunctionType. */
  readonly cellActivation: string;
  /** The cell state is held between this and its negative; 0: it is not. */
  readonly cellClip: number;
  readonly projClip: number;
  /** The input is [T,N,D] instead of [N,T,D]. */
  readonly timeMajor: boolean;
}

type Context = OperatorContext<UnidirectionalSequenceLstmAttributes>;

/** Peepholes, projection and layer norms. */
const unused = [9, 10, 11, 16, 17, 20, 21, 22, 23];
const filterPositions = gateOperands.flatMap(({ input, hidden }) => [input, hidden]);

export const unidirectionalSequenceLstm = defineOperator<
  'UNIDIRECTIONAL_SEQUENCE_LSTM',
  UnidirectionalSequenceLstmAttributes
>({
  kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
  summary:
    'Long short-term memory over [N,T,D], or [T,N,D], with filters [units,D] and [units,units] of four gates, hidden state and cell state [N,units]',
  arity: { inputs: [24, 24], optional: unused, outputs: 1 },
  defaults: { cellActivation: 'NONE', cellClip: 0, projClip: 0, timeMajor: false },
  requires: [
    {
      sentence: 'there are no peepholes, no projection and no layer norms',
      holds: ({ inputs }) => unused.every((position) => inputs[position] === undefined),
    },
    {
      sentence: 'the activation of the cell is TANH',
      holds: ({ attributes: { cellActivation } }) => cellActivation === 'TANH',
    },
    {
      sentence: 'the input has 3 dimensions, none of them 0, and the states 2',
      holds: ({ inputs }) =>
        inputs[lstmInput]!.shape.length === 3 &&
        Math.min(...inputs[lstmInput]!.shape) > 0 &&
        [lstmHidden, lstmCell].every((position) => inputs[position]!.shape.length === 2),
    },
    {
      sentence: 'each state has a row of units for each sequence',
      holds: (context) => {
        const { batches, units } = sizesOf(context);
        return [lstmHidden, lstmCell].every((position) => sameShape(context.inputs[position]!.shape, [batches, units]));
      },
    },
    {
      sentence: 'the filters are [units, input depth] and [units, units], the biases [units]',
      holds: (context) => {
        const { depth, units } = sizesOf(context);
        const isShaped = (position: number, ...shape: number[]): boolean =>
          sameShape(context.inputs[position]!.shape, shape);
        return gateOperands.every(
          ({ input, hidden, bias }) =>
            isShaped(input, units, depth) && isShaped(hidden, units, units) && isShaped(bias, units),
        );
      },
    },
    {
      sentence: 'all filters have the type of the input, as the hidden state has',
      holds: ({ inputs }) =>
        [lstmHidden, ...filterPositions].every((position) => inputs[position]!.dtype === inputs[lstmInput]!.dtype),
    },
    {
      sentence: 'beside an int8 input the biases are int32 and the cell state is int16, else all have its type',
      holds: ({ inputs }) => {
        const { dtype } = inputs[lstmInput]!;
        const [bias, cell] = dtype === 'int8' ? ['int32', 'int16'] : [dtype, dtype];
        return gateOperands.every((gate) => inputs[gate.bias]!.dtype === bias) && inputs[lstmCell]!.dtype === cell;
      },
    },
    {
      sentence: 'integer filters have one scale each and the zero point 0',
      holds: ({ inputs }) =>
        inputs[lstmInput]!.dtype !== 'int8' || filterPositions.every((at) => isSymmetric(inputs[at]!)),
    },
    {
      sentence: 'the scale of an integer cell state is a power of two from 2^-15 to 2^-3, its zero point 0',
      holds: ({ inputs }) => {
        if (inputs[lstmInput]!.dtype !== 'int8') return true;
        const exponent = Math.log2(inputs[lstmCell]!.quantization?.scale[0] ?? NaN);
        return isSymmetric(inputs[lstmCell]!) && Number.isInteger(exponent) && exponent >= -15 && exponent <= -3;
      },
    },
  ],
  infer: (context) => {
    const input = context.inputs[lstmInput]!;
    return [{ shape: [...input.shape.slice(0, 2), sizesOf(context).units], dtype: input.dtype }];
  },
  kernels: { float: runFloat, int8: runInt8 },
  quantization: {
    operands: Array.from({ length: 24 }, (_, position) => {
      if (position === lstmInput) return activation;
      if (position === lstmHidden || position === lstmCell) return state;
      const gate = gateOperands.find((one) => Object.values(one).includes(position));
      if (gate === undefined) return index;
      if (position === gate.bias) return bias({ of: gate.input });
      return weights({ axis: 0, of: position === gate.input ? lstmInput : lstmHidden });
    }),
    outputs: [copied({ of: lstmHidden })],
  },
  traits: {},
  cost: (context) => {
    const { batches, steps, depth, units } = sizesOf(context);
    const cells = batches * steps * units;
    return { macs: 4 * cells * (depth + units), elementOps: 12 * cells, bytes: bytesTouched(context) };
  },
  tflite: {
    builtin: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
    options: 'UnidirectionalSequenceLSTMOptions',
    fields: {
      cellActivation: 'fused_activation_function',
      cellClip: 'cell_clip',
      projClip: 'proj_clip',
      timeMajor: 'time_major',
    },
    version: () => 1,
    // LiteRT asks for one for each gate and one for the hidden state, whose scale is read.
    intermediates: ({ inputs }) =>
      inputs[lstmInput]!.dtype === 'int8'
        ? [...gateOperands.map(() => empty), { ...inputs[lstmHidden]!, shape: [0] }]
        : [],
  },
  tflm: { resolver: 'AddUnidirectionalSequenceLSTM' },
});

const empty: OperandSpec = { shape: [0], dtype: 'float32' };

function isSymmetric({ quantization }: OperandSpec): boolean {
  return quantization?.scale.length === 1 && quantization.zeroPoint[0] === 0;
}

function sizesOf({ inputs, attributes }: Context): ReturnType<typeof lstmSizes> {
  return lstmSizes(inputs[lstmInput]!.shape, inputs[lstmHidden]!.shape, attributes.timeMajor);
}

function runFloat(context: KernelContext<UnidirectionalSequenceLstmAttributes>): void {
  run(context, lstmFloat(context.inputs, context.attributes.cellClip, sizesOf(context)));
}

function runInt8(context: KernelContext<UnidirectionalSequenceLstmAttributes>): void {
  run(context, lstmInt8(context.inputs, context.attributes.cellClip, sizesOf(context), context.rounding));
}

function run(
  context: KernelContext<UnidirectionalSequenceLstmAttributes>,
  step: (from: number, batch: number) => void,
): void {
  const { batches, steps, units, alongBatch, alongTime } = sizesOf(context);
  const hidden = context.inputs[lstmHidden]!.data as Float32Array;
  const result = context.outputs[0]!.data as Float32Array;
  for (let batch = 0; batch < batches; batch++) {
    for (let t = 0; t < steps; t++) {
      const vector = batch * alongBatch + t * alongTime;
      step(vector, batch);
      result.set(hidden.subarray(batch * units, (batch + 1) * units), vector * units);
    }
  }
}
