// Where the runtimes are known to differ from the reference, from each other, or from the kernel tables. Nothing else may.
import type { FilledCase } from '@wherry/graph/cases';

/** TFLite Micro's ADD of int32 leaves its fused activation out; LiteRT, and TFLite Micro's SUB and MUL, clamp as it says. */
export function microDifference({ kind, type, graph }: FilledCase): boolean {
  const { activation } = graph.nodes[0]!.attributes as { readonly activation?: string };
  return kind === 'ADD' && type.from === 'int32' && activation !== 'NONE';
}

/** The kernel table says otherwise of a case than TFLite Micro does. */
export function tableDifference({ kind, type, graph }: FilledCase): boolean {
  // The oracle is two months younger than the snapshot that the table was read from, and casts to truth values.
  if (kind === 'CAST') return type.to === 'bool' && !['int64', 'uint8', 'float16'].includes(type.from);
  // It reads as many places, ends and steps as there are dimensions, whether they are there or not: `complete-slice` adds them.
  if (kind !== 'STRIDED_SLICE' || type.from === 'int64' || type.from === 'uint8') return false;
  const [input, begin] = graph.nodes[0]!.inputs.map((id) => graph.tensors[id!]!.shape);
  return begin![0]! < input!.length;
}

/** LiteRT 2.3 refuses a case, or ends its process. */
export function litertRefusal({ kind, type, graph }: FilledCase): boolean {
  switch (kind) {
    // `complete-bias` adds one.
    case 'CONV_2D':
      return graph.nodes[0]!.inputs.length < 3 || sharesScaleAmongGroups(graph);
    // Of int16, and in its own kernels, it needs none.
    case 'DEPTHWISE_CONV_2D':
      return graph.nodes[0]!.inputs.length < 3 && type.from !== 'int16' && !isDynamic(type);
    case 'MAXIMUM':
    case 'MINIMUM':
    case 'PACK':
    case 'SPLIT':
      return type.from === 'bool';
    case 'SQUARED_DIFFERENCE':
      return type.from === 'int16';
    case 'SVDF':
      return type.from === 'int8' && !svdfInLitert(graph);
    case 'UNPACK':
    case 'RESIZE_NEAREST_NEIGHBOR':
      return type.from === 'int64';
    case 'QUANTIZE':
      return type.from === 'int8' && type.to === 'int32';
    // Of a single value: a vector without elements.
    case 'SHAPE':
      return graph.tensors[graph.nodes[0]!.inputs[0]!]!.shape.length === 0;
    default:
      return false;
  }
}

/** Activations that are quantized while it runs. */
export function isDynamic({ from, weights }: FilledCase['type']): boolean {
  return from === 'float32' && weights !== undefined;
}

/** LiteRT reads as many scales as there are channels, whether they are there or not: a table of its kernels asks for all. */
export function litertFault({ kind, type, graph }: FilledCase): boolean {
  const filter = graph.tensors[graph.nodes[0]!.inputs[1] ?? -1];
  const scales = filter?.quantization?.scale.length;
  return kind === 'DEPTHWISE_CONV_2D' && isDynamic(type) && scales === 1 && filter!.shape[3]! > 1;
}

/** Groups of real activations with integer weights want a scale for each filter. */
function sharesScaleAmongGroups({ nodes, tensors }: FilledCase['graph']): boolean {
  const [input, filter] = nodes[0]!.inputs.map((id) => tensors[id!]!);
  const isGrouped = input!.shape[3] !== filter!.shape[3];
  return input!.dtype === 'float32' && isGrouped && filter!.quantization?.scale.length === 1 && filter!.shape[0]! > 1;
}

/** Of integers it knows RELU alone, which it leaves to the range of the output. */
function svdfInLitert({ nodes: [node] }: FilledCase['graph']): boolean {
  const { activation } = node!.attributes as { readonly activation?: string };
  return activation === 'RELU';
}

/** Steps that LiteRT's integers may lie beside the reference's: of operators without weights it rounds otherwise. */
export function litertDifference({ kind, type }: FilledCase): number {
  // Matrix products of int16 with accumulators of 32 bits, and of int8 with weights of 4, it rounds in a way of its own.
  if (type.bias === 'int32' || type.weights === 'int4') return 1;
  // Scaled in float32.
  if (kind === 'SUM' && type.from === 'int16') return 1;
  if (kind === 'SOFTMAX' && type.to === 'int16') return 1;
  // Of TRANSPOSE_CONV those with steps longer than the filter, which XNNPACK leaves to the plain kernel.
  const one = ['BATCH_MATMUL', 'LEAKY_RELU', 'PRELU', 'QUANTIZE', 'RESIZE_BILINEAR', 'SVDF', 'TRANSPOSE_CONV'];
  // In its LSTM steps of the gates go on from one element of the sequence to the next.
  if (kind === 'UNIDIRECTIONAL_SEQUENCE_LSTM') return 2;
  return one.includes(kind) ? 1 : 0;
}

/**
 * TensorFlow writes a bias that is left out as an operand that is none; our file leaves the operand out, which is a version of
 * its own. Of int16 sums and differences it forgets that their scales are no powers of two.
 */
export function versionDifference({ kind, type, graph }: FilledCase): boolean {
  if (kind === 'ADD' || kind === 'SUB') return type.from === 'int16';
  return kind === 'FULLY_CONNECTED' && type.from !== 'int16' && (graph.nodes[0]!.inputs[2] ?? null) === null;
}
