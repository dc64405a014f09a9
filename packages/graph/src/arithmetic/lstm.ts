// The steps of a long short-term memory, in real numbers and in integers: gates, cell state, hidden state.
import { clamp } from './activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier, type FixedPointScale } from './fixed-point.js';
import { logisticOfSteps, tanhOfSteps, type SigmoidSteps } from './sigmoid-look-up.js';
import type { Operand, OperandSpec, Rounding } from '../op-definition.js';

/** Positions among the operands. */
export const lstmInput = 0;
export const lstmHidden = 18;
export const lstmCell = 19;

/** In the order of the operands; `cell` is what is added to the cell state. */
export const gates = ['input', 'forget', 'cell', 'output'] as const;
export type Gate = (typeof gates)[number];

/** Filters over the input, and over the hidden state, and bias of each gate. */
export const gateOperands = gates.map((_, i) => ({ input: 1 + i, hidden: 5 + i, bias: 12 + i }));

export interface LstmSizes {
  readonly batches: number;
  readonly steps: number;
  readonly depth: number;
  readonly units: number;
  /** Elements from one sequence, and from one step of it, to the next: in vectors. */
  readonly alongBatch: number;
  readonly alongTime: number;
}

export function lstmSizes(input: readonly number[], hidden: readonly number[], timeMajor: boolean): LstmSizes {
  const [first, second, depth] = input as [number, number, number];
  const [batches, steps] = timeMajor ? [second, first] : [first, second];
  const [alongBatch, alongTime] = timeMajor ? [1, batches] : [steps, 1];
  return { batches, steps, depth, units: hidden.at(-1)!, alongBatch, alongTime };
}

/** One step of one sequence: reads vector `from` of the input; changes the states of `batch`. */
export type LstmStep = (from: number, batch: number) => void;

export function lstmFloat(operands: readonly (Operand | undefined)[], cellClip: number, sizes: LstmSizes): LstmStep {
  const values = (position: number): Float32Array => operands[position]!.data as Float32Array;
  const { depth, units } = sizes;
  const [input, hidden, cell] = [values(lstmInput), values(lstmHidden), values(lstmCell)];
  return (from, batch) => {
    const sums = gateOperands.map((gate) => {
      const [w, r, bias] = [values(gate.input), values(gate.hidden), values(gate.bias)];
      return Float64Array.from({ length: units }, (_, u) => {
        let sum = bias[u]!;
        for (let k = 0; k < depth; k++) sum += input[from * depth + k]! * w[u * depth + k]!;
        for (let k = 0; k < units; k++) sum += hidden[batch * units + k]! * r[u * units + k]!;
        return sum;
      });
    }) as [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let u = 0, at = batch * units; u < units; u++, at++) {
      const [i, f, c, o] = sums.map((one) => one[u]!) as [number, number, number, number];
      const next = logistic(f) * cell[at]! + logistic(i) * Math.tanh(c);
      cell[at] = cellClip > 0 ? clamp(next, -cellClip, cellClip) : next;
      hidden[at] = Math.tanh(cell[at]!) * logistic(o);
    }
  };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** What the integers of an LSTM are scaled by. */
export interface LstmScales {
  /** From sums over the input and over the hidden state to steps of each gate. */
  readonly gates: readonly { readonly input: FixedPointScale; readonly hidden: FixedPointScale }[];
  /** From products of two functions of gates, or of one and the cell state: to the cell state, and to the hidden state. */
  readonly kept: FixedPointScale;
  readonly added: FixedPointScale;
  readonly shown: FixedPointScale;
  /** What the cell state is held between. */
  readonly cellBounds: readonly [least: number, greatest: number];
  /** From the cell state to steps of 1 / (3 * 4096). */
  readonly cellSteps: SigmoidSteps;
}

/** Gates in steps of 2^-12 before their function and of 2^-15 behind it; a cell state whose scale is a power of two. */
export function lstmScales(
  operands: readonly (Pick<OperandSpec, 'quantization'> | undefined)[],
  cellClip: number,
): LstmScales {
  const scaleAt = (position: number): number => operands[position]!.quantization!.scale[0]!;
  const cellScale = scaleAt(lstmCell);
  const clip = Math.trunc(Math.min(32767, Math.fround(cellClip) / cellScale));
  const up = 12 + Math.round(Math.log2(cellScale));
  return {
    gates: gateOperands.map(({ input, hidden }) => ({
      input: quantizeMultiplier((scaleAt(lstmInput) * scaleAt(input)) / 2 ** -12),
      hidden: quantizeMultiplier((scaleAt(lstmHidden) * scaleAt(hidden)) / 2 ** -12),
    })),
    kept: quantizeMultiplier(2 ** -15),
    added: quantizeMultiplier(2 ** -30 / cellScale),
    shown: quantizeMultiplier(2 ** -30 / scaleAt(lstmHidden)),
    cellBounds: cellClip > 0 ? [-clip, clip] : [-32768, 32767],
    cellSteps: up >= 0 ? { multiplier: 3 << up, shift: 0 } : { multiplier: 3, shift: -up },
  };
}

export function lstmInt8(
  operands: readonly (Operand | undefined)[],
  cellClip: number,
  sizes: LstmSizes,
  rounding: Rounding,
): LstmStep {
  const values = (position: number): Int16Array => operands[position]!.data as Int16Array;
  const zeroAt = (position: number): number => operands[position]!.quantization!.zeroPoint[0]!;
  const { depth, units } = sizes;
  const [input, hidden, cell] = [values(lstmInput), values(lstmHidden), values(lstmCell)];
  const scales = lstmScales(operands, cellClip);
  const scaled = (value: number, { multiplier, shift }: FixedPointScale): number =>
    multiplyByQuantizedMultiplier(value, multiplier, shift, rounding);
  const rows = gateOperands.map((gate, which) => ({
    bias: operands[gate.bias]!.data as Int32Array,
    filters: values(gate.input),
    recurrent: values(gate.hidden),
    into: scales.gates[which]!,
  }));
  const [inputZero, hiddenZero] = [zeroAt(lstmInput), zeroAt(lstmHidden)];
  return (from, batch) => {
    const sums = rows.map(({ bias, filters, recurrent, into }) =>
      Int16Array.from({ length: units }, (_, u) => {
        const own = dot(input, from * depth, inputZero, filters, u * depth, depth, bias[u]!);
        const past = dot(hidden, batch * units, hiddenZero, recurrent, u * units, units, 0);
        return clampShort(clampShort(scaled(own, into.input)) + clampShort(scaled(past, into.hidden)));
      }),
    ) as [Int16Array, Int16Array, Int16Array, Int16Array];
    for (let u = 0, at = batch * units; u < units; u++, at++) {
      const [i, f, c, o] = [sums[0][u]!, sums[1][u]!, sums[2][u]!, sums[3][u]!];
      const old = clampShort(scaled(logisticOfSteps(3 * f) * cell[at]!, scales.kept));
      const fresh = clampShort(scaled(logisticOfSteps(3 * i) * tanhOfSteps(3 * c), scales.added));
      cell[at] = clamp(old + fresh, ...scales.cellBounds);
      const product = tanhOfSteps(inSteps(cell[at]!, scales.cellSteps)) * logisticOfSteps(3 * o);
      hidden[at] = clamp(scaled(product, scales.shown) + hiddenZero, -128, 127);
    }
  };
}

function clampShort(value: number): number {
  return clamp(value, -32768, 32767);
}

function inSteps(value: number, { multiplier, shift }: SigmoidSteps): number {
  return (Math.imul(value, multiplier) + (shift > 0 ? 1 << (shift - 1) : 0)) >> shift;
}

function dot(
  source: Int16Array,
  from: number,
  zero: number,
  filters: Int16Array,
  row: number,
  length: number,
  bias: number,
): number {
  let sum = bias;
  for (let k = 0; k < length; k++) sum = (sum + (source[from + k]! - zero) * filters[row + k]!) | 0;
  return sum;
}
