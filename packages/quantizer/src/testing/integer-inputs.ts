// Inputs for quantized graphs that reach their ends: all least, all greatest, borders, patterns, and random ones; and the comparison of two.
import {
  allocate,
  evaluate,
  elementCount,
  integerRange,
  tensorAt,
  type Graph,
  type Rounding,
  type Tensor,
  type TensorData,
} from '@wherry/graph';
import { drawFrom } from './random-integer-network.js';

/** One list of feeds per input set. */
export function integerInputs(graph: Graph, random: number, seed = 1): readonly (readonly TensorData[])[] {
  const tensors = graph.inputs.map((id) => tensorAt(graph, id));
  const draw = drawFrom(seed);
  const fixed = extremes.map((value) => tensors.map((tensor) => filled(tensor, value)));
  const drawn = Array.from({ length: random }, () =>
    tensors.map((tensor) => filled(tensor, (_, [least, greatest]) => draw(least, greatest))),
  );
  return [...fixed, ...drawn];
}

type ValueAt = (index: number, range: readonly [number, number], tensor: Tensor) => number;

const isBorder = (index: number, { shape }: Tensor): boolean => {
  const [, height = 1, width = 1, channels = 1] = shape;
  const [y, x] = [Math.floor(index / (width * channels)) % height, Math.floor(index / channels) % width];
  return y === 0 || x === 0 || y === height - 1 || x === width - 1;
};

const extremes: readonly ValueAt[] = [
  (_, [least]) => least,
  (_, [, greatest]) => greatest,
  (_, __, { quantization }) => quantization?.zeroPoint[0] ?? 0,
  (index, range) => range[index % 2]!,
  (index, [least, greatest], tensor) => (isBorder(index, tensor) ? greatest : least),
  (index, [least, greatest], tensor) => (isBorder(index, tensor) ? least : greatest),
];

function filled(tensor: Tensor, valueAt: ValueAt): TensorData {
  const data = allocate(tensor.dtype, elementCount(tensor.shape));
  const range = integerRange(tensor.dtype);
  for (let i = 0; i < data.length; i++) data[i] = valueAt(i, range, tensor);
  return data;
}

/** How many output values of the two graphs differ, over all inputs and in both roundings. */
export function differences(before: Graph, after: Graph, inputs: readonly (readonly TensorData[])[]): number {
  let count = 0;
  for (const feeds of inputs) {
    for (const rounding of ['double', 'single'] satisfies readonly Rounding[]) {
      const expected = evaluate(before, feeds, { rounding });
      const actual = evaluate(after, feeds, { rounding });
      expected.forEach((values, output) =>
        values.forEach((value, i) => (count += value === actual[output]![i] ? 0 : 1)),
      );
    }
  }
  return count;
}
