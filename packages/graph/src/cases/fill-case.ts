// Makes a case whole: types, scales and values from a seed, so that the same case is the same everywhere.
import { allocate, dataTypes, type DataType, type TensorData } from '../data-type.js';
import { evaluate } from '../evaluate.js';
import type { Graph, Quantization } from '../ir.js';
import { fixedScaleOf, outputRule, readsActivations, allWeightedOperands } from '../operands-of.js';
import { operatorOf, type OpKind } from '../ops/index.js';
import { elementCount } from '../shape.js';
import { singleOperatorGraph, type OperandOfOne } from '../single-operator.js';
import type { CaseOperand, CaseType, OperatorCase, StateForm } from './operator-case.js';
import { randomValues } from './random-values.js';
import { affineOf, dequantized, integersOf, weightScales } from './case-values.js';

/** A graph of one operator with what it is fed. */
export interface CaseRun {
  readonly graph: Graph;
  readonly feeds: readonly TensorData[];
}

export interface FilledCase extends CaseRun {
  readonly kind: OpKind;
  readonly type: CaseType;
  /** Unique among the cases of a kind. */
  readonly name: string;
  /** The same numbers as float32: what a quantized case stands for. */
  readonly real?: CaseRun;
}

/** An operand with its values, before it is known whether they are fed. */
interface Filled {
  readonly operand: OperandOfOne & { readonly dtype: DataType };
  readonly values: TensorData;
  readonly fed: boolean;
}

export function fillCase(kind: OpKind, one: OperatorCase<object>, type: CaseType): FilledCase {
  const name = nameOf(one, type);
  const random = randomValues(`${kind} ${name}`);
  // LiteRT is told the type of a bias that is not of 64 bits.
  const attributes = { ...one.attributes, ...(type.bias === 'int32' ? { quantizedBiasType: 'INT32' } : {}) };
  const filled = fillInputs(kind, one, type, random);
  const real = filled.map(inReal);
  // Only what is quantized on both ends has a meaning in real numbers of its own (QUANTIZE and DEQUANTIZE have not).
  const twin =
    type.to === undefined &&
    isQuantized(type.from, kind) &&
    operatorOf(kind).kernels.float !== undefined &&
    filled.some((f, i) => f !== real[i])
      ? runOf(kind, real, attributes, undefined, undefined)
      : undefined;
  const output = outputQuantization(kind, type, filled, twin ?? real, random);
  return {
    kind,
    type,
    name,
    ...runOf(kind, filled, attributes, output, type.to),
    ...(twin === undefined ? {} : { real: twin }),
  };
}

function outputQuantization(
  kind: OpKind,
  type: CaseType,
  filled: readonly (Filled | null)[],
  real: CaseRun | readonly (Filled | null)[],
  random: () => number,
): Quantization | undefined {
  const dtype = type.to ?? type.from;
  const rule = outputRule(kind);
  if (!isQuantized(dtype, kind) || rule.from === 'none') return undefined;
  const fixed = fixedScaleOf(rule, dtype, type.from);
  if (fixed !== undefined) return { scale: [fixed.scale], zeroPoint: [fixed.zeroPoint], axis: 0 };
  if (rule.from === 'state') return filled[rule.of]!.operand.quantization;
  if (rule.from === 'same-as-inputs')
    return filled.find((operand) => operand?.operand.quantization !== undefined)!.operand.quantization;
  const values = 'graph' in real ? evaluate(real.graph, real.feeds)[0]! : real[0]!.values;
  let [low, high] = [0, 0];
  // Of 0 there is no logarithm, and 1 / sqrt(0) is beyond every scale.
  for (const value of (values as Float32Array).filter(Number.isFinite))
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  return affineOf(low === high ? [-1, 1] : [low, high], dtype, random);
}

/** Operators without activations (SHAPE, CAST) take their integers as they are. */
function isQuantized(dtype: DataType, kind: OpKind): boolean {
  if (!readsActivations(kind)) return false;
  return dtype === 'int8' || dtype === 'int16' || dtype === 'uint8' || (kind === 'QUANTIZE' && dtype === 'int32');
}

/** `int8`; `int8>float32`, `int8*int4`, `int16+int32` where the type of output, filter or bias is one of the case's choices. */
export function typeName({ type: { from, to, weights, bias } }: Pick<FilledCase, 'type'>): string {
  return `${from}${weights === undefined ? '' : `*${weights}`}${bias === undefined ? '' : `+${bias}`}${to === undefined ? '' : `>${to}`}`;
}

function nameOf({ inputs, attributes = {} }: OperatorCase<object>, type: CaseType): string {
  const operands = inputs.map((operand) => {
    if (operand === null) return 'none';
    if (operand.role === 'bias') return `bias${operand.length}`;
    if (operand.role === 'indices') return `${operand.dtype}(${operand.values.join(' ')})`;
    if (operand.role === 'state') return `[${operand.shape.join(' ')}]${stateText(operand.quantized)}`;
    const note = operand.role === 'weights' ? weightsText(operand) : operand.constant === true ? 'constant' : '';
    return `[${operand.shape.join(' ')}]${note}${operand.role === 'activation' && operand.range ? operand.range.join('..') : ''}`;
  });
  const settings = Object.entries<unknown>({ ...attributes }).map(([key, value]) => `${key}=${String(value)}`);
  return [typeName({ type }), ...operands, ...settings].join(' ');
}

function stateText({ dtype, scale, zeroPoint }: StateForm): string {
  return `${dtype}*${scale}${zeroPoint === 0 ? '' : `zero${zeroPoint}`}`;
}

function weightsText({ scales, dtype }: Extract<CaseOperand, { role: 'weights' }>): string {
  return `${scales}${dtype ?? ''}`;
}

function fillInputs(
  kind: OpKind,
  { inputs }: OperatorCase<object>,
  type: CaseType,
  random: () => number,
): readonly (Filled | null)[] {
  const isShared = outputRule(kind).from === 'same-as-inputs';
  let shared: Quantization | undefined;
  const filled: (Filled | null)[] = [];
  for (const [position, operand] of inputs.entries()) {
    if (operand === null || operand.role === 'bias') {
      // A bias is in steps of what may stand behind it.
      filled.push(null);
    } else if (operand.role === 'activation') {
      const made = fillActivation(kind, operand, type, random, isShared ? shared : undefined);
      shared ??= made.operand.quantization;
      filled.push(made);
    } else if (operand.role === 'weights') {
      filled.push(fillWeights(axisOf(kind, position), operand, type, random));
    } else if (operand.role === 'state') {
      filled.push(fillState(operand, type));
    } else {
      const { shape, dtype, fed } = operand;
      const values = allocate(dtype, operand.values.length);
      operand.values.forEach((value, i) => (values[i] = dtype === 'int64' ? BigInt(value) : value));
      filled.push({ operand: { shape, dtype }, values, fed });
    }
  }
  for (const [position, operand] of inputs.entries()) {
    if (operand?.role !== 'bias') continue;
    const { weights, activation } = allWeightedOperands(kind).find(({ bias }) => bias === position)!;
    const [x, w] = [filled[activation], filled[weights]];
    const step = x!.operand.quantization?.scale[0];
    const own = w!.operand.quantization?.scale ?? [];
    const scales = step === undefined ? [] : own.map((s) => Math.fround(s * step));
    const dtype = type.from === 'int16' ? (type.bias ?? 'int64') : 'int32';
    filled[position] = fillBias(operand.length, scales, random, dtype);
  }
  return filled;
}

function axisOf(kind: OpKind, position: number): number {
  return allWeightedOperands(kind).find(({ weights }) => weights === position)!.axis;
}

function fillState(
  { shape, quantized: { dtype, scale, zeroPoint } }: Extract<CaseOperand, { role: 'state' }>,
  { from }: CaseType,
): Filled {
  const values = allocate(from, 0);
  if (from === 'float32') return { operand: { shape, dtype: from, isState: true }, values, fed: false };
  const quantization = { scale: [Math.fround(scale)], zeroPoint: [zeroPoint], axis: 0 };
  return { operand: { shape, dtype, quantization, isState: true }, values, fed: false };
}

function fillActivation(
  kind: OpKind,
  { shape, range = [-8, 8], constant = false }: Extract<CaseOperand, { role: 'activation' }>,
  { from: dtype }: CaseType,
  random: () => number,
  shared: Quantization | undefined,
): Filled {
  const quantization = isQuantized(dtype, kind) ? (shared ?? affineOf(range, dtype, random)) : undefined;
  const count = elementCount(shape);
  const values =
    quantization === undefined
      ? integersOf(dtype, count, range, random)
      : integersOf(dtype, count, dataTypes[dtype].range!, random);
  return { operand: { shape, dtype, quantization }, values, fed: !constant };
}

function fillWeights(
  axis: number,
  { shape, scales, dtype: own = 'int8' }: Extract<CaseOperand, { role: 'weights' }>,
  { from, weights }: CaseType,
  random: () => number,
): Filled {
  const count = elementCount(shape);
  const dtype = weights ?? (from === 'float32' ? 'float32' : own);
  if (dtype === 'float32')
    return { operand: { shape, dtype }, values: integersOf('float32', count, [-1, 1], random), fed: false };
  const quantization = weightScales(scales === 'one' ? 1 : shape[axis]!, axis, random);
  const values = integersOf(dtype, count, dtype === 'int4' ? [-7, 7] : [-127, 127], random);
  return { operand: { shape, dtype, quantization }, values, fed: false };
}

function fillBias(length: number, scale: readonly number[], random: () => number, dtype: 'int32' | 'int64'): Filled {
  const real = integersOf('float32', length, [-2, 2], random) as Float32Array;
  if (scale.length === 0) return { operand: { shape: [length], dtype: 'float32' }, values: real, fed: false };
  const values = allocate(dtype, length);
  real.forEach((value, i) => {
    const steps = Math.round(value / scale[scale.length === 1 ? 0 : i]!);
    values[i] = dtype === 'int64' ? BigInt(steps) : steps;
  });
  const quantization = { scale, zeroPoint: scale.map(() => 0), axis: 0 };
  return { operand: { shape: [length], dtype, quantization }, values, fed: false };
}

function inReal(filled: Filled | null): Filled | null {
  if (filled === null || filled.operand.quantization === undefined) return filled;
  const { shape, quantization, isState = false } = filled.operand;
  if (isState) return { ...filled, operand: { shape, dtype: 'float32', isState } };
  return { ...filled, operand: { shape, dtype: 'float32' }, values: dequantized(filled.values, shape, quantization) };
}

function runOf(
  kind: OpKind,
  filled: readonly (Filled | null)[],
  attributes: object,
  quantization: Quantization | undefined,
  to: DataType | undefined,
): CaseRun {
  const operands = filled.map((one) =>
    one === null ? null : { ...one.operand, ...(one.fed || one.operand.isState === true ? {} : { data: one.values }) },
  );
  // The kind is known at run time only, so no single kind's attributes can be named here.
  const graph = singleOperatorGraph(kind, operands, attributes as never, quantization, to);
  return { graph, feeds: filled.flatMap((one) => (one?.fed === true ? [one.values] : [])) };
}
