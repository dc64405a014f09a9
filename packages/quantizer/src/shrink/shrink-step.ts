// What a rewrite of a quantized graph did to one of the user's layers, and what that saves.
import { byteLength, elementCount, tensorAt, type Graph, type Node } from '@wherry/graph';
import type { OptimizationStep } from '../optimize/optimize.js';

export interface ShrinkStep extends OptimizationStep {
  /** The user's layer. */
  readonly layer: string;
  /** Of weights, biases and their scales. */
  readonly bytesSaved: number;
  readonly macsSaved: number;
}

export interface Shrunk {
  readonly graph: Graph;
  /** In the order of the graph's nodes; none where the graph is the one that was given. */
  readonly steps: readonly ShrinkStep[];
}

/** What a file holds for the constants of a node: values, a float32 scale and an int64 zero point for each channel. */
export function constantBytes(graph: Graph, node: Node): number {
  return node.inputs.reduce<number>((sum, id) => {
    const tensor = id === null ? undefined : tensorAt(graph, id);
    if (tensor?.data === undefined) return sum;
    return sum + byteLength(tensor.dtype, elementCount(tensor.shape)) + 12 * (tensor.quantization?.scale.length ?? 0);
  }, 0);
}

/** What a file holds for all tensors: data, scales and zero points, each once however many tensors share them. */
export function sharedBytes({ tensors }: Graph): number {
  const data = new Set(tensors.map((tensor) => tensor.data).filter((each) => each !== undefined));
  const vectors = new Map<string, number>();
  for (const { quantization } of tensors) {
    if (quantization === undefined) continue;
    const { scale, zeroPoint } = quantization;
    vectors.set(`scale ${scale.join()}`, 4 + 4 * scale.length);
    vectors.set(`zero ${zeroPoint.join()}`, 4 + 8 * zeroPoint.length);
  }
  return [...[...data].map(({ byteLength: bytes }) => bytes), ...vectors.values()].reduce(
    (sum, bytes) => sum + bytes,
    0,
  );
}
