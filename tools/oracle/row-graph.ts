// A graph of one operator with the types that a row of a kernel table names: what the runtimes are asked about each row.
import {
  allocate,
  dataTypes,
  elementCount,
  evaluate,
  operatorOf,
  outputRule,
  readsActivations,
  weightedOperands,
  type DataType,
  type Graph,
  type OpKind,
  type Quantization,
  type Tensor,
  type TensorData,
} from '@wherry/graph';
import { casesOf, type FilledCase } from '@wherry/graph/cases';
import { operandRoles, type Granularity, type KernelRow } from '@wherry/profiles';

/** A row with what it leaves out filled in. */
export type RowTypes = Pick<KernelRow, 'activations' | 'weights' | 'bias'> & {
  readonly output: DataType;
  /** Of the weights. */
  readonly granularity?: Granularity;
  /** Of the activations, or of the output where they are real. */
  readonly scales?: 'per-axis';
};

/** One for each granularity that the row names. */
export function typesOfRow(row: KernelRow): readonly RowTypes[] {
  const { activations, weights, bias, output = activations, granularity = [undefined], scales = ['per-tensor'] } = row;
  return granularity.flatMap((each) =>
    scales.map((kind) => ({
      activations,
      output,
      ...(weights === undefined ? {} : { weights }),
      ...(bias === undefined ? {} : { bias }),
      ...(each === undefined ? {} : { granularity: each }),
      ...(kind === 'per-axis' ? { scales: kind } : {}),
    })),
  );
}

export function nameOfTypes({ activations, weights, bias, output, granularity, scales }: RowTypes): string {
  const parts = [
    activations,
    scales && `with ${scales} scales`,
    weights,
    granularity,
    bias && `bias ${bias}`,
    output === activations ? '' : `to ${output}`,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** Of the operator's cases the first that `fits`, with a bias where the operator may have one, and indices that are constants. */
export function plainCase(kind: OpKind, fits: (graph: Graph) => boolean): FilledCase {
  const weighted = weightedOperands(kind);
  const bias = weighted?.bias;
  const cases = casesOf(kind).filter(
    ({ graph }) =>
      (bias === undefined || (graph.nodes[0]!.inputs[bias] ?? null) !== null) &&
      // One channel would not show scales along an axis that are passed over.
      elementCount(graph.tensors[graph.inputs[0]!]!.shape) > 1 &&
      (weighted === undefined || graph.tensors[graph.nodes[0]!.inputs[weighted.weights]!]!.shape[weighted.axis]! > 1) &&
      operandRoles(graph, graph.nodes[0]!).others.every(({ spec }) => spec.data !== undefined) &&
      graph.tensors.every(({ shape }) => shape.length > 0 || kind === 'SPLIT' || kind === 'TOPK_V2'),
  );
  return cases.find(({ graph }) => fits(graph)) ?? cases[0]!;
}

/** A graph in which every real number is one, and what it gives in real numbers. */
export interface RowCase {
  readonly graph: Graph;
  readonly expected: readonly number[];
}

/** The case with other types. Scales along an axis differ, so that one that is passed over shows in the outputs. */
export function caseOfTypes(one: FilledCase, types: RowTypes): RowCase {
  const expected = realOutputs(one);
  return { graph: graphOfTypes(one, types, Math.max(1, ...expected.map(Math.abs))), expected };
}

/** What the operator makes of ones; one that has no real kernel passes them on. */
function realOutputs(one: FilledCase): readonly number[] {
  const graph = graphOfTypes(one, { ...realTypes, output: 'float32' }, 1);
  const { float } = operatorOf(one.kind).kernels;
  if (one.kind === 'SHAPE') return graph.tensors[graph.inputs[0]!]!.shape;
  if (float === undefined || one.kind === 'QUANTIZE')
    return Array.from(onesFor(graph.tensors[graph.outputs[0]!]!), Number);
  const feeds = graph.inputs.map((id) => onesFor(graph.tensors[id]!));
  return evaluate(graph, feeds).flatMap((output) => Array.from(output, Number));
}

const realTypes = { activations: 'float32', weights: 'float32', bias: 'float32' } as const;

function graphOfTypes({ kind, graph }: FilledCase, types: RowTypes, greatest: number): Graph {
  const [node] = graph.nodes;
  const roles = operandRoles(graph, node!);
  const tensors = [...graph.tensors];
  const put = (id: number, dtype: DataType, quantization: Quantization | undefined): void => {
    tensors[id] = retyped(tensors[id]!, dtype, quantization);
  };
  const input = (number: number): number => node!.inputs[number]!;
  const keepsScale = outputRule(kind).from === 'same-as-inputs';
  const scales = scalesFor(kind, types.activations, keepsScale ? greatest : 1);
  for (const operand of roles.activations)
    put(input(operand.input), types.activations, spread(scales, operand.spec.shape, types.scales));
  if (roles.weights !== undefined) {
    const dtype = types.weights ?? types.activations;
    put(input(roles.weights.input), dtype, weightScales(kind, roles.weights.spec.shape, dtype, types.granularity));
  }
  if (roles.bias !== undefined && types.bias !== undefined) {
    const weights = tensors[input(roles.weights!.input)]!.quantization;
    put(input(roles.bias.input), types.bias, biasScales(types.bias, scales, weights));
  }
  for (const [position, id] of node!.outputs.entries()) {
    // Places and counts beside the values have the type that they always have.
    if (position > 0 && outputRule(kind, position).from === 'none') continue;
    const own = outputScales(kind, types, keepsScale ? scales : undefined, greatest);
    // The only operator that makes integers of real values: its output is what may have several.
    put(id, types.output, scales === undefined ? spread(own, tensors[id]!.shape, types.scales) : own);
  }
  return { ...graph, tensors };
}

/** Ones, as the tensor's type and scales have them. */
export function onesFor({ shape, dtype, quantization }: Pick<Tensor, 'shape' | 'dtype' | 'quantization'>): TensorData {
  const data = allocate(dtype, elementCount(shape));
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    if (quantization === undefined) return data.fill(1n);
    return data.map((_, i) => BigInt(oneAt(shape, quantization, i)));
  }
  if (quantization === undefined) return data.fill(dtype === 'float16' ? 0x3c00 : 1);
  for (let i = 0; i < data.length; i++) data[i] = oneAt(shape, quantization, i);
  return data;
}

function oneAt(shape: readonly number[], { scale, zeroPoint, axis }: Quantization, element: number): number {
  const channel = sliceOf(shape, scale.length, axis, element);
  return Math.round(1 / scale[channel]!) + zeroPoint[channel]!;
}

function retyped({ name, shape, data }: Tensor, dtype: DataType, quantization: Quantization | undefined): Tensor {
  const tensor = { name, shape, dtype, ...(quantization === undefined ? {} : { quantization }) };
  return { ...tensor, ...(data === undefined ? {} : { data: onesFor(tensor) }) };
}

/** Whole numbers of operators that take no scale (CAST, SHAPE) have none. */
function hasScales(dtype: DataType, kind: OpKind): boolean {
  if (!readsActivations(kind) || kind === 'CAST') return false;
  return ['int4', 'int8', 'uint8', 'int16'].includes(dtype) || (dtype === 'int32' && kind === 'QUANTIZE');
}

/** A power of two that leaves room for `greatest`; int16 is symmetric, and so is everything here but uint8. */
function scalesFor(kind: OpKind, dtype: DataType, greatest: number): Quantization | undefined {
  if (!hasScales(dtype, kind)) return undefined;
  const [, high] = dataTypes[dtype].range!;
  const room = dtype === 'uint8' ? 127 : Math.min(high, 32767);
  const scale = 2 ** Math.ceil(Math.log2(greatest / room));
  return { scale: [scale], zeroPoint: [dtype === 'uint8' ? 128 : 0], axis: 0 };
}

/** One for each slice of the last dimension that has several, by turns the one that is given and twice that. */
function spread(
  quantization: Quantization | undefined,
  shape: readonly number[],
  scales: RowTypes['scales'],
): Quantization | undefined {
  const axis = shape.findLastIndex((size) => size > 1);
  if (quantization === undefined || scales === undefined || axis < 0) return quantization;
  const [[scale], [zero]] = [quantization.scale, quantization.zeroPoint];
  const slices = Array.from({ length: shape[axis]! }, (_, i) => i);
  return { scale: slices.map((i) => scale! * (1 + (i % 2))), zeroPoint: slices.map(() => zero!), axis };
}

function outputScales(
  kind: OpKind,
  { activations, output: dtype }: RowTypes,
  shared: Quantization | undefined,
  greatest: number,
): Quantization | undefined {
  const output = outputRule(kind);
  if (!hasScales(dtype, kind) || output.from === 'none') return undefined;
  if (output.from !== 'fixed') return shared ?? scalesFor(kind, dtype, greatest);
  // A softmax from int8 to int16 uses the whole range.
  const wide = { scale: 1 / 65536, zeroPoint: -32768 };
  const int16 = activations === 'int8' ? wide : output.int16;
  const { scale, zeroPoint } = dtype === 'int16' ? int16 : output.int8;
  return { scale: [scale], zeroPoint: [dtype === 'uint8' ? zeroPoint + 128 : zeroPoint], axis: 0 };
}

function weightScales(
  kind: OpKind,
  shape: readonly number[],
  dtype: DataType,
  granularity: Granularity | undefined,
): Quantization | undefined {
  if (dataTypes[dtype].range === undefined) return undefined;
  const { axis } = weightedOperands(kind)!;
  const zero = dtype === 'uint8' ? 128 : 0;
  if (granularity !== 'per-axis') return { scale: [0.5], zeroPoint: [zero], axis: 0 };
  const channels = Array.from({ length: shape[axis]! }, (_, i) => i);
  return { scale: channels.map((i) => (i % 2 === 0 ? 0.5 : 0.25)), zeroPoint: channels.map(() => zero), axis };
}

function biasScales(
  dtype: DataType,
  input: Quantization | undefined,
  weights: Quantization | undefined,
): Quantization | undefined {
  if (dtype === 'float32' || input === undefined || weights === undefined) return undefined;
  const scale = weights.scale.map((each) => each * input.scale[0]!);
  return { scale, zeroPoint: scale.map(() => 0), axis: 0 };
}

/** The outputs as real numbers. */
export function realOf(
  values: TensorData,
  { quantization, dtype, shape }: Pick<Tensor, 'quantization' | 'dtype' | 'shape'>,
): readonly number[] {
  const { scale, zeroPoint, axis } = quantization ?? { scale: [1], zeroPoint: [0], axis: 0 };
  return Array.from<number | bigint, number>(values, (value, element) => {
    if (dtype === 'float16') return halfToReal(Number(value));
    const slice = sliceOf(shape, scale.length, axis, element);
    return (Number(value) - zeroPoint[slice]!) * scale[slice]!;
  });
}

/** The slice along `axis` in which an element lies; 0 where one scale is all that there is. */
function sliceOf(shape: readonly number[], scales: number, axis: number, element: number): number {
  return scales === 1 ? 0 : Math.floor(element / elementCount(shape.slice(axis + 1))) % shape[axis]!;
}

function halfToReal(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15, (bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? (fraction / 1024) * 2 ** -14 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return sign === 1 ? -size : size;
}
