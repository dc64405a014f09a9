// What a plan asks of a training: which integers stand on which edge, and what of them may move.
import {
  integerRange,
  positionsOf,
  roleOf,
  tensorAt,
  weightedOperands,
  type Graph,
  type Node,
  type TensorId,
} from '@wherry/graph';
import { quantizeConstant } from '../apply/quantize-constant.js';
import type { Range } from '../calibrate/range.js';
import { Memory } from '../memory.js';
import { assignSchemes, type SchemeChoice } from './assign-schemes.js';
import type { TensorFormat } from './number-format.js';
import type { NodeDecision, QuantizationPlan } from './quantization-plan.js';
import { shareScales } from './share-scales.js';

/** Of an activation that is written in integers. */
export interface TrainableActivation {
  /** Those of one group share a scale: the smallest id among them. */
  readonly group: TensorId;
  readonly least: number;
  readonly greatest: number;
  readonly symmetric: boolean;
  /** By the specification, or because it is what the graph is fed with. */
  readonly fixed?: { readonly scale: number; readonly zeroPoint: number };
}

export interface TrainableWeights {
  readonly axis: number | null;
  readonly greatest: number;
  /** Of the slices: what becomes the greatest integer. */
  readonly magnitudes: readonly number[];
}

export interface TrainableFormats {
  readonly activations: ReadonlyMap<TensorId, TrainableActivation>;
  readonly weights: ReadonlyMap<TensorId, TrainableWeights>;
  /** The scales that a bias is in steps of: of what its layer reads, and of the layer's weights. */
  readonly biases: ReadonlyMap<TensorId, { readonly input: TensorId; readonly weights: TensorId }>;
  /** Constants in the place of activations, as their integers give them back. */
  readonly constants: ReadonlyMap<TensorId, Float32Array>;
  /** What the plan's integers cover, by group; without those that are fixed. */
  readonly ranges: ReadonlyMap<TensorId, Range>;
}

/** `choice`: what the plan was made with. Where a reader wants another format than is written, that of the writer counts. */
export function trainableFormats(graph: Graph, plan: QuantizationPlan, choice: SchemeChoice): TrainableFormats {
  const { groups } = shareScales(graph, assignSchemes(graph, choice));
  const inputs = new Set(graph.inputs.map((id) => groups.rootOf(id)));
  const activations = new Map<TensorId, TrainableActivation>();
  const ranges = new Map<TensorId, Range>();
  for (const [id, { dtype, quantization }] of plan.written) {
    if (quantization === undefined) continue;
    const [scale, zeroPoint] = [quantization.scale[0]!, quantization.zeroPoint[0]!];
    const [least, greatest] = integerRange(dtype);
    const group = groups.rootOf(id);
    const isFixed = groups.fixedScale(id) !== undefined || inputs.has(group);
    const symmetric = dtype === 'int16';
    activations.set(id, { group, least, greatest, symmetric, ...(isFixed && { fixed: { scale, zeroPoint } }) });
    if (isFixed) continue;
    ranges.set(group, { min: (least - zeroPoint) * scale + 0, max: (greatest - zeroPoint) * scale });
  }
  const found = { activations, weights: new Map(), biases: new Map(), constants: new Map(), ranges };
  plan.nodes.forEach((decision) => addConstants(graph, decision, found));
  return found;
}

interface Found {
  readonly weights: Map<TensorId, TrainableWeights>;
  readonly biases: Map<TensorId, { readonly input: TensorId; readonly weights: TensorId }>;
  readonly constants: Map<TensorId, Float32Array>;
}

function addConstants(graph: Graph, { node: position, reads }: NodeDecision, found: Found): void {
  const node = graph.nodes[position]!;
  for (const input of positionsOf(node, 'activation')) {
    const id = node.inputs[input] ?? null;
    const format = reads[input];
    if (id === null || tensorAt(graph, id).data === undefined || format?.quantization === undefined) continue;
    found.constants.set(id, givenBack(graph, id, format));
  }
  const operands = weightedOperands(node.kind);
  const format = operands === undefined ? undefined : reads[operands.weights];
  if (operands === undefined || format?.quantization === undefined) return;
  const weights = node.inputs[operands.weights]!;
  const { scale, axis } = format.quantization;
  const [, greatest] = integerRange(format.dtype);
  const isWhole = scale.length === 1 && tensorAt(graph, weights).shape[operands.axis] !== 1;
  found.weights.set(weights, {
    axis: isWhole ? null : axis,
    greatest,
    magnitudes: scale.map((each) => each * greatest),
  });
  const bias = biasOf(node);
  const input = node.inputs[operands.activation]!;
  // Of real activations the bias is real as well.
  if (
    bias !== null &&
    reads[operands.activation]?.quantization !== undefined &&
    tensorAt(graph, input).data === undefined
  )
    found.biases.set(bias, { input, weights });
}

function biasOf(node: Node): TensorId | null {
  const position = node.inputs.findIndex((_, input) => roleOf(node.kind, input).role === 'bias');
  return position < 0 ? null : (node.inputs[position] ?? null);
}

function givenBack(graph: Graph, id: TensorId, { dtype, quantization, narrow }: TensorFormat): Float32Array {
  const { data, shape } = tensorAt(graph, id);
  const form = { dtype, quantization: quantization!, narrow: narrow === true };
  const integers = quantizeConstant(data as Float32Array, shape, form, new Memory());
  const { scale, zeroPoint } = quantization!;
  return Float32Array.from(integers as Int8Array, (integer) => (Number(integer) - zeroPoint[0]!) * scale[0]!);
}
