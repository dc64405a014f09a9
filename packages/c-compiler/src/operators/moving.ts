// Operators that only move values, whatever their type: what goes where is found by letting the reference move numbers of places.
import {
  allocate,
  dataTypes,
  elementCount,
  kernelFor,
  roleOf,
  type DataType,
  type Operand,
  type Tensor,
  type TensorData,
} from '@wherry/graph';
import { array, input, integer, output as outputAt, settings, type KernelCall } from '../kernel-call.js';
import type { OperatorContext } from '../operator-context.js';
import { factored } from './factored-places.js';

/** Levels of `wherry_move`. */
const levels = 6;

/** `moved`: positions of the inputs whose values move; the others are constants that say where to. */
export function moving(moved: (context: OperatorContext) => readonly number[]) {
  return (context: OperatorContext): readonly KernelCall[] | undefined => {
    const positions = moved(context);
    if (!othersAreConstant(context, positions)) return undefined;
    const places = placesOf(context, positions);
    const calls: KernelCall[] = [];
    for (const [output, found] of places.entries()) {
      if (found.includes(0)) {
        const fill = fillCall(context, positions, output, found);
        if (fill === undefined) return undefined;
        calls.push(fill);
      }
      let first = 1;
      for (const position of positions) {
        const count = elementCount(context.inputs[position]!.shape);
        const call = moveCall(context, position, output, found, first);
        if (call === undefined) return undefined;
        calls.push(...call);
        first += count;
      }
    }
    return calls;
  };
}

export function othersAreConstant({ inputs }: OperatorContext, positions: readonly number[]): boolean {
  return inputs.every((tensor, at) => tensor === undefined || positions.includes(at) || tensor.data !== undefined);
}

/** For each output the number of the value that stands in each of its places, from 1 over all moved inputs; 0: none of them. */
export function placesOf(context: OperatorContext, positions: readonly number[]): readonly Int32Array[] {
  let next = 1;
  return run(context, 'int32', (tensor, position) => {
    // A constant value among the indices, as of padding, is no place.
    if (!positions.includes(position))
      return roleOf(context.node.kind, position).role === 'activation'
        ? new Int32Array(tensor.data!.length)
        : undefined;
    const count = elementCount(tensor.shape);
    const numbers = Int32Array.from({ length: count }, (_, i) => next + i);
    next += count;
    return numbers;
  }) as Int32Array[];
}

/**
 * Lets the reference compute the outputs. `valuesOf`: what an input holds; undefined: what it holds as a constant. Numbers of
 * places have no scale.
 */
function run(
  { node, inputs, outputs }: OperatorContext,
  dtype: DataType,
  valuesOf: (tensor: Tensor, position: number) => TensorData | undefined,
): TensorData[] {
  const typed = dtype === 'int32' ? { dtype, quantization: undefined } : { dtype };
  const operands = inputs.map((tensor, position): Operand | undefined => {
    if (tensor === undefined) return undefined;
    const values = valuesOf(tensor, position);
    return values === undefined ? { ...tensor, data: tensor.data! } : { ...tensor, ...typed, data: values };
  });
  const results = outputs.map((tensor) => ({ ...tensor, ...typed, data: allocate(dtype, elementCount(tensor.shape)) }));
  kernelFor(
    node,
    operands,
    results,
  )({ attributes: node.attributes, inputs: operands, outputs: results, rounding: 'double' });
  return results.map(({ data }) => data);
}

function bytesOf({ dtype }: Tensor): number {
  return dataTypes[dtype].bytes;
}

/** What stands where no value moves to, everywhere. */
function fillCall(
  context: OperatorContext,
  positions: readonly number[],
  output: number,
  found: Int32Array,
): KernelCall | undefined {
  const tensor = context.outputs[output]!;
  const results = run(context, tensor.dtype, ({ shape }, position) =>
    positions.includes(position) ? allocate(tensor.dtype, elementCount(shape)) : undefined,
  );
  const values = results[output]!;
  const [at, bytes] = [found.indexOf(0), bytesOf(tensor)];
  if (found.some((number, i) => number === 0 && values[i] !== values[at])) return undefined;
  const { buffer, byteOffset } = values;
  return {
    file: 'fill',
    kernel: 'wherry_fill',
    arguments: [
      outputAt(output),
      array('value', 'int8_t', new Int8Array(buffer, byteOffset + at * bytes, bytes)),
      integer(bytes),
      integer(values.length),
    ],
  };
}

/** Moves what the input at `position` has in an output; nothing where it has nothing there. */
function moveCall(
  context: OperatorContext,
  position: number,
  output: number,
  found: Int32Array,
  first: number,
): readonly KernelCall[] | undefined {
  const tensor = context.inputs[position]!;
  const count = elementCount(tensor.shape);
  const pairs: [number, number][] = [];
  found.forEach((number, to) => {
    if (number >= first && number < first + count) pairs.push([number - first, to]);
  });
  if (pairs.length === 0) return [];
  const nest = factored(pairs);
  const bytes = bytesOf(tensor);
  if (nest === undefined) return gatherCall(position, output, pairs, bytes);
  const run = nest.at(-1);
  const lies = run !== undefined && run.steps.every((step) => step === 1);
  const loops = lies ? nest.slice(0, -1) : nest;
  if (loops.length > levels) return gatherCall(position, output, pairs, bytes);
  const filled = [...new Array<undefined>(levels - loops.length).fill(undefined), ...loops];
  return [
    {
      file: 'move',
      kernel: 'wherry_move_runs',
      arguments: [
        input(position),
        outputAt(output),
        settings('settings', 'wherry_move', {
          run: bytes * (lies ? run.count : 1),
          counts: filled.map((loop) => loop?.count ?? 1),
          from: filled.map((loop) => bytes * (loop?.steps[0] ?? 0)),
          to: filled.map((loop) => bytes * (loop?.steps[1] ?? 0)),
          first_from: bytes * pairs[0]![0],
          first_to: bytes * pairs[0]![1],
        }),
      ],
    },
  ];
}

/** With a table of where each run of the output comes from; undefined where they do not fill it from its beginning. */
function gatherCall(
  position: number,
  output: number,
  pairs: readonly (readonly [number, number])[],
  bytes: number,
): readonly KernelCall[] | undefined {
  if (pairs.some(([, to], i) => to !== i)) return undefined;
  let run = pairs.length;
  pairs.forEach(([from], i) => {
    if (i > 0 && from !== pairs[i - 1]![0] + 1) run = greatestCommonDivisor(run, i);
  });
  const starts = pairs.filter((_, i) => i % run === 0).map(([from]) => bytes * from);
  return [
    {
      file: 'gather-runs',
      kernel: 'wherry_gather_runs',
      arguments: [
        input(position),
        outputAt(output),
        array('from', 'int32_t', starts),
        integer(starts.length),
        integer(bytes * run),
      ],
    },
  ];
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
