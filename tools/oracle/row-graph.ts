// A graph of one operator with the types that a row of a kernel table names: what the runtimes are asked about each row.
import {
  allocate,
  dataTypes,
  elementCount,
  evaluate,
  operatorOf,
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
  readonly granularity?: Granularity;
};

/** One for each granularity that the row names. */
export function typesOfRow(row: KernelRow): readonly RowTypes[] {
  const { activations, weights, bias, output = activations, granularity = [undefined] } = row;
  return granularity.map((each) => ({
    activations,
    output,
    ...(weights === undefined ? {} : { weights }),
    ...(bias === undefined ? {} : { bias }),
    ...(each === undefined ? {} : { granularity: each }),
  }));
}

export function nameOfTypes({ activations, weights, bias, output, granularity }: RowTypes): string {
  const parts = [
    activations,
    weights,
    granularity,
    bias && `bias ${bias}`,
    output === activations ? '' : `to ${output}`,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** Of the operator's cases the first that `fits`, with a bias where the operator may have one, and indices that are constants. */
export function plainCase(kind: OpKind, fits: (graph: Graph) => boolean): FilledCase {
  const { bias, weights } = operatorOf(kind).quantization;
  const cases = casesOf(kind).filter(
    ({ graph }) =>
      (bias === undefined || (graph.nodes[0]!.inputs[bias.input] ?? null) !== null) &&
      // One channel would not show scales along an axis that are passed over.
      (weights === undefined || graph.tensors[graph.nodes[0]!.inputs[weights.input]!]!.shape[weights.axis]! > 1) &&
      operandRoles(graph, graph.nodes[0]!).others.every(({ spec }) => spec.data !== undefined) &&
      graph.tensors.every(({ shape }) => shape.length > 0 || kind === 'SPLIT'),
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
  const keepsScale = operatorOf(kind).quantization.output.from === 'same-as-inputs';
  const scales = scalesFor(kind, types.activations, keepsScale ? greatest : 1);
  for (const operand of roles.activations) put(input(operand.input), types.activations, scales);
  if (roles.weights !== undefined) {
    const dtype = types.weights ?? types.activations;
    put(input(roles.weights.input), dtype, weightScales(kind, roles.weights.spec.shape, dtype, types.granularity));
  }
  if (roles.bias !== undefined && types.bias !== undefined) {
    const weights = tensors[input(roles.weights!.input)]!.quantization;
    put(input(roles.bias.input), types.bias, biasScales(types.bias, scales, weights));
  }
  for (const id of node!.outputs)
    put(id, types.output, outputScales(kind, types, keepsScale ? scales : undefined, greatest));
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
  const inner = elementCount(shape.slice(axis + 1));
  const channel = scale.length === 1 ? 0 : Math.floor(element / inner) % shape[axis]!;
  return Math.round(1 / scale[channel]!) + zeroPoint[channel]!;
}

function retyped({ name, shape, data }: Tensor, dtype: DataType, quantization: Quantization | undefined): Tensor {
  const tensor = { name, shape, dtype, ...(quantization === undefined ? {} : { quantization }) };
  return { ...tensor, ...(data === undefined ? {} : { data: onesFor(tensor) }) };
}

/** Whole numbers of operators that take no scale (CAST, SHAPE) have none. */
function hasScales(dtype: DataType, kind: OpKind): boolean {
  if (operatorOf(kind).quantization.activations.length === 0 || kind === 'CAST') return false;
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

function outputScales(
  kind: OpKind,
  { activations, output: dtype }: RowTypes,
  shared: Quantization | undefined,
  greatest: number,
): Quantization | undefined {
  const { output } = operatorOf(kind).quantization;
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
  const { axis } = operatorOf(kind).quantization.weights!;
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
  { quantization, dtype }: Pick<Tensor, 'quantization' | 'dtype'>,
): readonly number[] {
  const [scale, zero] = [quantization?.scale[0] ?? 1, quantization?.zeroPoint[0] ?? 0];
  return Array.from<number | bigint, number>(values, (value) =>
    dtype === 'float16' ? halfToReal(Number(value)) : (Number(value) - zero) * scale,
  );
}

function halfToReal(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15, (bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? (fraction / 1024) * 2 ** -14 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return sign === 1 ? -size : size;
}
