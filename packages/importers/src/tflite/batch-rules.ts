// For each operator: whether the samples of a batch, along the first dimension, stay apart in it.
import type { Node, OpKind, Shape, TensorData } from '@wherry/graph';

/** A node that reads something of the batch, and what is known of its operands. */
export interface BatchedNode {
  readonly node: Node;
  readonly batch: number;
  shape(position: number): Shape;
  /** Whether the operand has the batch as its first dimension. */
  isBatched(position: number): boolean;
  /** The values of a constant operand. */
  values(position: number): readonly number[] | undefined;
  readonly output: Shape;
}

/** Constants to be changed for a batch of 1, by operand. */
export type Edits = ReadonlyMap<number, readonly number[]>;

/** Undefined: samples are mixed, or it cannot be told that they are not. */
type Rule = (use: BatchedNode) => Edits | undefined;

const NOTHING: Edits = new Map();

const when =
  (holds: (use: BatchedNode) => boolean): Rule =>
  (use) =>
    holds(use) ? NOTHING : undefined;

/** The first input alone has samples; the rest is the same for all. */
const onlyFirst = (use: BatchedNode): boolean =>
  use.isBatched(0) && use.node.inputs.every((id, at) => at === 0 || id === null || !use.isBatched(at));

const sampleWise: Rule = when(onlyFirst);

/** Operands broadcast. A constant that repeats one row for each sample becomes that row. */
const arithmetic: Rule = (use) => {
  const edits = new Map<number, readonly number[]>();
  for (const at of use.node.inputs.keys()) {
    const shape = use.shape(at);
    const aligned = shape.length === use.output.length;
    if (use.isBatched(at) ? aligned : !aligned || shape[0] === 1) continue;
    const values = use.values(at);
    if (use.isBatched(at) || values === undefined || values.length === 0) return undefined;
    const row = values.length / use.batch;
    if (!values.every((value, i) => value === values[i % row])) return undefined;
    edits.set(at, values.slice(0, row));
  }
  return edits;
};

function isFirst(axis: number, rank: number): boolean {
  return axis === 0 || axis === -rank;
}

const reduction: Rule = when(
  (use) => onlyFirst(use) && use.values(1)?.some((axis) => isFirst(axis, use.shape(0).length)) === false,
);

const joining: Rule = when(
  (use) =>
    use.node.inputs.every((_, at) => use.isBatched(at)) &&
    !isFirst((use.node.attributes as { readonly axis: number }).axis, use.output.length),
);

const padding: Rule = when(
  (use) =>
    onlyFirst(use) &&
    use
      .values(1)
      ?.slice(0, 2)
      .every((margin) => margin === 0) === true,
);

/** A batch that is written into a constant becomes 1; -1 stands for whatever is left. */
function resized(use: BatchedNode, position: number): Edits | undefined {
  const values = use.values(position);
  // Computed from the shape of a tensor, it follows the batch by itself.
  if (values === undefined) return NOTHING;
  const [first, ...rest] = values;
  if (first === -1) return NOTHING;
  return first === use.batch ? new Map([[position, [1, ...rest]]]) : undefined;
}

const reshape: Rule = (use) => (onlyFirst(use) && use.output[0] === use.batch ? resized(use, 1) : undefined);

const slice: Rule = (use) => (onlyFirst(use) && use.values(1)?.[0] === 0 ? resized(use, 2) : undefined);

const stridedSlice: Rule = (use) => {
  const masks = use.node.attributes as unknown as Readonly<Record<string, number>>;
  const first = (mask: string): boolean => (masks[mask]! & 1) !== 0;
  if (!onlyFirst(use) || first('shrinkAxisMask') || first('newAxisMask') || first('ellipsisMask')) return undefined;
  const [begin, end, step] = [1, 2, 3].map((at) => use.values(at)?.[0]);
  if ((begin !== 0 && !first('beginMask')) || step !== 1) return undefined;
  return first('endMask') || end! >= use.batch ? NOTHING : undefined;
};

/** The images are the third input; how many of them there are stands in the first. */
const transposeConvolution: Rule = (use) =>
  use.isBatched(2) && [0, 1, 3].every((at) => !use.isBatched(at)) ? resized(use, 0) : undefined;

/** Matrices of each sample for themselves; or of samples that are the rows of one, times a matrix that is the same for all. */
const matrixProduct: Rule = (use) => {
  if (use.output.length > 2) return arithmetic(use);
  const { adjX } = use.node.attributes as { readonly adjX: boolean };
  return onlyFirst(use) && !adjX ? NOTHING : undefined;
};

const fullyConnected: Rule = when((use) => {
  const { keepNumDims } = use.node.attributes as { readonly keepNumDims: boolean };
  const [, ...sample] = use.shape(0);
  const depth = use.shape(1)[1];
  const whole = sample.reduce((product, size) => product * size, 1) === depth;
  return onlyFirst(use) && (keepNumDims ? sample.length > 0 : whole);
});

/** Typed over all kinds: an operator without a rule does not compile. */
export const batchRules: { readonly [K in OpKind]: Rule } = {
  ABS: sampleWise,
  ADD: arithmetic,
  AVERAGE_POOL_2D: sampleWise,
  BATCH_MATMUL: matrixProduct,
  CAST: sampleWise,
  CONCATENATION: joining,
  CONV_2D: sampleWise,
  DEPTHWISE_CONV_2D: sampleWise,
  DEQUANTIZE: sampleWise,
  DIV: arithmetic,
  ELU: sampleWise,
  EXP: sampleWise,
  EXPAND_DIMS: when(
    (use) => onlyFirst(use) && use.values(1)?.some((axis) => isFirst(axis, use.output.length)) === false,
  ),
  FULLY_CONNECTED: fullyConnected,
  GATHER: when(
    (use) => onlyFirst(use) && !isFirst((use.node.attributes as { readonly axis: number }).axis, use.shape(0).length),
  ),
  GELU: sampleWise,
  HARD_SWISH: sampleWise,
  LEAKY_RELU: sampleWise,
  LOG: sampleWise,
  LOGISTIC: sampleWise,
  MAXIMUM: arithmetic,
  MAX_POOL_2D: sampleWise,
  MEAN: reduction,
  MINIMUM: arithmetic,
  MUL: arithmetic,
  PACK: joining,
  PAD: padding,
  PADV2: padding,
  PRELU: arithmetic,
  QUANTIZE: sampleWise,
  RELU: sampleWise,
  RELU6: sampleWise,
  RESHAPE: reshape,
  RESIZE_BILINEAR: sampleWise,
  RESIZE_NEAREST_NEIGHBOR: sampleWise,
  RSQRT: sampleWise,
  SHAPE: sampleWise,
  SLICE: slice,
  SOFTMAX: when((use) => onlyFirst(use) && use.shape(0).length > 1),
  SPLIT: when(
    (use) =>
      use.isBatched(1) &&
      !use.isBatched(0) &&
      use.values(0)?.some((axis) => isFirst(axis, use.shape(1).length)) === false,
  ),
  SQUARED_DIFFERENCE: arithmetic,
  SQUEEZE: when((use) => {
    const { dimensions } = use.node.attributes as { readonly dimensions: readonly number[] };
    return onlyFirst(use) && dimensions.length > 0 && !dimensions.some((axis) => isFirst(axis, use.shape(0).length));
  }),
  STRIDED_SLICE: stridedSlice,
  SUB: arithmetic,
  SUM: reduction,
  // What is kept from run to run is kept for each sample.
  SVDF: () => undefined,
  TANH: sampleWise,
  TOPK_V2: when((use) => onlyFirst(use) && use.shape(0).length > 1),
  TRANSPOSE: when((use) => onlyFirst(use) && use.values(1)?.[0] === 0),
  TRANSPOSE_CONV: transposeConvolution,
  UNIDIRECTIONAL_SEQUENCE_LSTM: () => undefined,
  UNPACK: when(
    (use) => onlyFirst(use) && !isFirst((use.node.attributes as { readonly axis: number }).axis, use.shape(0).length),
  ),
};

/** Numbers of a constant, or undefined when it is none. */
export function numbersOf(data: TensorData | undefined): readonly number[] | undefined {
  return data === undefined ? undefined : Array.from(data as ArrayLike<number | bigint>, Number);
}
