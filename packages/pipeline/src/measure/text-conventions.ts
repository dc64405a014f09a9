// What firmware of MLPerf Tiny makes of the bytes that are loaded, and what it prints: the text does not say, and each of the benchmark's
// own four does otherwise (mlcommons/tiny, benchmark/reference_submissions).
import { elementCount, tensorAt, type Graph, type TensorData } from '@wherry/graph';
import { realOf } from '../diff/real-feeds.js';
import { bytesOf } from './tensor-bytes.js';

export interface TextConvention {
  /** Undefined where inputs are taken as they are, and the first output is printed. */
  readonly said?: string;
  bytesOf(feeds: readonly TensorData[]): Uint8Array;
  /** What is printed of a first output, in real values. */
  printed(output: ArrayLike<number>, feeds: readonly TensorData[]): ArrayLike<number>;
  /** Of what is printed. */
  readonly shape: readonly number[];
}

/** Those that may be, the likeliest first. */
export function textConventions(graph: Graph): readonly [TextConvention, ...TextConvention[]] {
  const [input, output] = [graph.inputs[0]!, graph.outputs[0]!];
  const { shape } = tensorAt(graph, output);
  const inputs = graph.inputs.map((id) => tensorAt(graph, id));
  const asIs: TextConvention = {
    shape,
    bytesOf: (feeds) => Buffer.concat(feeds.map(bytesOf)),
    printed: (values) => values,
  };
  const less128: TextConvention = {
    ...asIs,
    said: 'its firmware takes 128 off each byte that is loaded, as the references of image classification and of visual wake words do',
    bytesOf: (feeds) => asIs.bytesOf(feeds).map((byte) => byte ^ 0x80),
  };
  const meanError: TextConvention = {
    said: 'its firmware loads real numbers and prints how far the output is from them, as the reference of anomaly detection does',
    shape: [1],
    bytesOf: (feeds) => bytesOf(Float32Array.from(realOf(graph, input, feeds[0]!))),
    printed: (values, feeds) => [meanSquare(values, realOf(graph, input, feeds[0]!))],
  };
  const isLike = graph.inputs.length === 1 && elementCount(inputs[0]!.shape) === elementCount(shape);
  return [asIs, ...(inputs.every(({ dtype }) => dtype === 'int8') ? [less128] : []), ...(isLike ? [meanError] : [])];
}

function meanSquare(values: ArrayLike<number>, others: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - others[i]!) ** 2;
  return sum / values.length;
}
