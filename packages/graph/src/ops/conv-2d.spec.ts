// CONV_2D in real numbers small enough to work out by hand, and its requirements.
import { evaluate } from '../evaluate.js';
import { tensorAt } from '../ir.js';
import { singleOperatorGraph } from '../single-operator.js';
import { conv2d } from './conv-2d.js';

const floats = (...values: number[]): Float32Array => Float32Array.from(values);
const image = { shape: [1, 3, 3, 1] };

function run(
  filterShape: number[],
  weights: Float32Array,
  attributes: object,
  bias?: Float32Array,
  input = image,
): number[] {
  const graph = singleOperatorGraph(
    'CONV_2D',
    [input, { shape: filterShape, data: weights }, bias === undefined ? null : { shape: [bias.length], data: bias }],
    attributes,
  );
  const count = input.shape.reduce((a, b) => a * b);
  return Array.from(evaluate(graph, [Float32Array.from({ length: count }, (_, i) => i + 1)])[0] as Float32Array);
}

describe('float reference', () => {
  it('sums the window, without padding', () => {
    expect(run([1, 2, 2, 1], floats(1, 1, 1, 1), { padding: 'VALID' })).toEqual([12, 16, 24, 28]);
  });

  it('pads the odd row and column behind', () => {
    expect(run([1, 2, 2, 1], floats(1, 1, 1, 1), {})).toEqual([12, 16, 9, 24, 28, 15, 15, 17, 9]);
  });

  it('steps by the strides', () => {
    expect(run([1, 1, 1, 1], floats(2), { strideH: 2, strideW: 2 })).toEqual([2, 6, 14, 18]);
  });

  it('spreads the filter by the dilation', () => {
    expect(run([1, 2, 2, 1], floats(1, 10, 100, 1000), { padding: 'VALID', dilationH: 2, dilationW: 2 })).toEqual([
      9731,
    ]);
  });

  it('adds the bias and clamps', () => {
    expect(
      run(
        [2, 3, 3, 1],
        floats(...Array<number>(18).fill(1)),
        { padding: 'VALID', activation: 'RELU6' },
        floats(-44, -100),
      ),
    ).toEqual([1, 0]);
  });

  it('gives each group of channels its own filters', () => {
    const input = { shape: [1, 1, 1, 4] };
    expect(run([2, 1, 1, 2], floats(1, 10, 100, 1000), {}, undefined, input)).toEqual([21, 4300]);
  });

  it('computes more filters than are done at a time', () => {
    expect(run([5, 1, 1, 1], floats(1, 2, 3, 4, 5), { strideH: 3, strideW: 3 })).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('requirements', () => {
  const build =
    (input: number[], filter: number[], attributes: object = {}, bias?: number): (() => unknown) =>
    () =>
      singleOperatorGraph(
        'CONV_2D',
        [{ shape: input }, { shape: filter }, bias === undefined ? null : { shape: [bias] }],
        attributes,
      );

  it.each([
    ['4 dimensions', build([3, 3, 1], [1, 1, 1, 1])],
    ['strides and dilations are at least 1', build([1, 3, 3, 1], [1, 1, 1, 1], { strideH: 0 })],
    ['whole multiple of the filter channels', build([1, 3, 3, 3], [2, 1, 1, 2])],
    ['so are the filters of the groups', build([1, 3, 3, 4], [3, 1, 1, 2])],
    ['one value per output channel', build([1, 3, 3, 1], [2, 1, 1, 1], {}, 3)],
    ['fits into an unpadded input', build([1, 3, 3, 1], [1, 4, 1, 1], { padding: 'VALID' })],
  ])('%s', (sentence, attempt) => {
    expect(attempt).toThrow(sentence);
  });

  it('takes one scale or one per output channel, symmetric', () => {
    const quantized = (count: number, zeroPoint: number) => () =>
      singleOperatorGraph(
        'CONV_2D',
        [
          { shape: [1, 1, 1, 1], dtype: 'int8', quantization: { scale: [1], zeroPoint: [0], axis: 0 } },
          {
            shape: [3, 1, 1, 1],
            dtype: 'int8',
            data: new Int8Array(3),
            quantization: {
              scale: Array<number>(count).fill(1),
              zeroPoint: Array<number>(count).fill(zeroPoint),
              axis: 0,
            },
          },
        ],
        {},
        { scale: [1], zeroPoint: [0], axis: 0 },
      );
    expect(quantized(3, 0)).not.toThrow();
    expect(quantized(2, 0)).toThrow('one scale, or one per output channel');
    expect(quantized(1, 4)).toThrow('zero points of an int8 or int4 filter are 0');
  });
});

it('counts a multiplication per weight and output pixel', () => {
  const graph = singleOperatorGraph(
    'CONV_2D',
    [{ shape: [1, 4, 4, 3] }, { shape: [8, 3, 3, 3], data: new Float32Array(216) }],
    {},
  );
  const operands = graph.nodes[0]!.inputs.map((id) => tensorAt(graph, id!));
  const context = { attributes: conv2d.defaults, inputs: operands, outputs: [tensorAt(graph, graph.outputs[0]!)] };
  expect(conv2d.cost(context)).toEqual({ macs: 16 * 8 * 27, elementOps: 128, bytes: 4 * (48 + 216 + 128) });
  expect(conv2d.tflite.version(context)).toBe(1);
});
