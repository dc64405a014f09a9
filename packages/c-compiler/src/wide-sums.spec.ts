// Sums of int16 values that no 32 bits hold, and biases that leave 64 bits: no undefined behaviour, and the reference's answers.
import { elementCount, evaluate, singleOperatorGraph, type Graph, type Quantization, type Shape } from '@wherry/graph';
import { buildFolder, describeCompiled } from '@wherry/testing';
import { bytesOf, runCompiled } from './testing/compiled-program.js';

const scaled = (scale: number): Quantization => ({ scale: [scale], zeroPoint: [0], axis: 0 });

function filtered(
  kind: 'FULLY_CONNECTED' | 'CONV_2D' | 'DEPTHWISE_CONV_2D',
  x: Shape,
  w: Shape,
  bias: BigInt64Array | Int32Array,
): Graph {
  return singleOperatorGraph(
    kind,
    [
      { shape: x, dtype: 'int16', quantization: scaled(2 ** -10) },
      {
        shape: w,
        dtype: 'int8',
        quantization: scaled(2 ** -7),
        data: new Int8Array(elementCount(w)).map((_, i) => (i % 1201 === 7 ? 127 : -128)),
      },
      { shape: [bias.length], dtype: bias instanceof Int32Array ? 'int32' : 'int64', data: bias },
    ],
    { padding: 'VALID' },
    scaled(2 ** -3),
  );
}

const greatest = (1n << 63n) - 1n;
const biases = BigInt64Array.of(0n, 1n << 40n, -(1n << 53n), greatest, -greatest - 1n);
const graphs: readonly (readonly [string, Graph])[] = [
  ['a dense layer', filtered('FULLY_CONNECTED', [1, 1200], [5, 1200], biases)],
  ['a dense layer of sums of 32 bits', filtered('FULLY_CONNECTED', [1, 1200], [1, 1200], Int32Array.of(2147483647))],
  ['a convolution', filtered('CONV_2D', [1, 12, 12, 9], [5, 11, 12, 9], biases)],
  ['a depthwise convolution', filtered('DEPTHWISE_CONV_2D', [1, 30, 30, 5], [1, 29, 30, 5], biases)],
];

describeCompiled('wide sums', () => {
  it.each(graphs)('of %s', (_, graph) => {
    const folder = buildFolder();
    try {
      const count = elementCount(graph.tensors[graph.inputs[0]!]!.shape);
      const runs = [-32768, 32767, 1].map((value) => [new Int16Array(count).fill(value)]);
      const left = runCompiled(folder, graph, runs, 'outputs');
      runs.forEach((feeds, run) => {
        expect(Buffer.from(left[run]![0]!)).toEqual(Buffer.from(bytesOf(evaluate(graph, feeds)[0]!)));
      });
    } finally {
      folder.remove();
    }
  });
});
