// The graph language: what every stage reads and returns. Plain immutable values, TFLite's layout
// (NHWC activations, OHWI filters, 1HWC depthwise filters, [out, in] fully connected weights).
import type { DataType, TensorData } from './data-type.js';
import type { AttributesOf, OpKind } from './ops/index.js';

/** Index into `Graph.tensors`. */
export type TensorId = number;

export type Shape = readonly number[];

/**
 * real = scale * (q - zeroPoint). One entry: per tensor. Several: per slice along `axis`.
 * Scales are float32 values held in doubles (`Math.fround(s) === s`).
 */
export interface Quantization {
  readonly scale: readonly number[];
  readonly zeroPoint: readonly number[];
  /** The dimension that the entries run along; 0 when there is a single entry. */
  readonly axis: number;
}

/** What training measured of every entry of the last dimension, over all its samples: BatchNormalization keeps it. */
export interface ChannelMoments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** A value of the graph: an input, a constant (`data` present) or what a node writes. */
export interface Tensor {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DataType;
  readonly quantization?: Quantization | undefined;
  readonly data?: TensorData | undefined;
  /** In front of the activation that its writer ends with. */
  readonly moments?: ChannelMoments | undefined;
}

/** One operator application. `null` among the inputs: an optional operand that is left out. */
export interface NodeOf<K extends OpKind> {
  readonly kind: K;
  readonly attributes: AttributesOf<K>;
  readonly inputs: readonly (TensorId | null)[];
  readonly outputs: readonly TensorId[];
  /** The user's layer, e.g. `block_1/conv` ; kept through every rewrite. */
  readonly origin: string;
}

export type Node = { [K in OpKind]: NodeOf<K> }[OpKind];

/** Nodes stand in an order in which they can run. Shapes are static: a batch of unknown size is 1. */
export interface Graph {
  readonly name: string;
  readonly tensors: readonly Tensor[];
  readonly nodes: readonly Node[];
  readonly inputs: readonly TensorId[];
  readonly outputs: readonly TensorId[];
}

/** The tensor at `id`; a missing one is a bug of the caller. */
export function tensorAt(graph: Graph, id: TensorId): Tensor {
  const tensor = graph.tensors[id];
  if (tensor === undefined) throw new RangeError(`no tensor ${id} in graph ${graph.name}`);
  return tensor;
}
