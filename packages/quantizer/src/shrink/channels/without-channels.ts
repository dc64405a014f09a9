// The graph without the channels that are not needed: tensors and constants are cut, and shares go into biases.
import {
  elementCount,
  weightedOperands,
  tensorAt,
  type Graph,
  type Node,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import { channelsOf, isBounded } from '../bounds/channel-bounds.js';
import type { GraphBounds } from '../bounds/bound-graph.js';
import { integerLayer, type FilterNode, type IntegerLayer } from '../integer-layer.js';
import type { ChannelNeeds } from './channel-needs.js';
import { cutTensor } from './cut-tensor.js';
import { biasWith } from './filter-needs.js';

/** Nodes and tensors keep their numbers; constants are appended, so that some of before are read by nothing. */
export function withoutChannels(graph: Graph, bounds: GraphBounds, needs: ChannelNeeds): Graph {
  const cut = new CutGraph(graph, needs);
  const nodes = graph.nodes.map((node) => cutNode(cut, graph, bounds, node));
  return { ...graph, tensors: cut.tensors, nodes };
}

/** Lives as long as one graph is being cut. Constants that come out alike are one tensor. */
class CutGraph {
  readonly tensors: Tensor[];
  readonly #needs: ChannelNeeds;
  readonly #made = new Map<string, TensorId>();

  constructor(graph: Graph, needs: ChannelNeeds) {
    this.#needs = needs;
    this.tensors = graph.tensors.map((tensor, id) =>
      tensor.data !== undefined || tensor.shape.length === 0
        ? tensor
        : cutTensor(tensor, tensor.shape.length - 1, needs.kept(id)),
    );
  }

  kept(id: TensorId): readonly number[] {
    return this.#needs.kept(id);
  }

  /** What was made of constant `from`, once for all readers of whom `how` says the same. */
  add(from: TensorId, how: string, tensor: Tensor): TensorId {
    if (tensor === this.tensors[from]) return from;
    const key = `${from}: ${how}`;
    const known = this.#made.get(key) ?? this.tensors.push(tensor) - 1;
    this.#made.set(key, known);
    return known;
  }
}

function cutNode(cut: CutGraph, graph: Graph, bounds: GraphBounds, node: Node): Node {
  if ([...node.inputs, ...node.outputs].every((id) => id === null || cut.tensors[id] === graph.tensors[id]))
    return node;
  if (weightedOperands(node.kind) !== undefined) {
    const layer = integerLayer(graph, node as FilterNode)!;
    return cutLayer(cut, bounds, layer);
  }
  if (node.kind === 'RESHAPE') return reshapeToCut(cut, graph, node);
  if (node.kind === 'CONCATENATION') return cutJoined(cut, graph, node);
  return cutConstants(cut, graph, node, () => cut.kept(node.outputs[0]!));
}

function cutLayer(cut: CutGraph, bounds: GraphBounds, layer: IntegerLayer): Node {
  const { node } = layer;
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  const outputs = cut.kept(output);
  const { axis } = weightedOperands(node.kind)!;
  const rows = cutTensor(layer.filter, axis, outputs);
  if (node.kind === 'DEPTHWISE_CONV_2D') {
    const inputs = [input, cut.add(node.inputs[1]!, outputs.join(), rows), cutBias(cut, layer, layer.bias, outputs)];
    return { ...node, inputs };
  }
  const inputs = cut.kept(input);
  const channels = Array.from({ length: layer.places }, (_, place) =>
    inputs.map((c) => place * layer.inputs + c),
  ).flat();
  const filter =
    node.kind === 'FULLY_CONNECTED' ? cutTensor(rows, 1, channels) : cutTensor(rows, rows.shape.length - 1, inputs);
  const removed = Array.from({ length: layer.inputs }, (_, c) => c).filter((c) => !inputs.includes(c));
  const known = bounds.get(input);
  const folded = foldedBias(layer, (o) => biasWith(layer, known, removed, o), outputs);
  return {
    ...node,
    inputs: [
      input,
      cut.add(node.inputs[1]!, `${outputs.join()}/${inputs.join()}`, filter),
      cutBias(cut, layer, folded, outputs),
    ],
  };
}

/** Undefined where the layer has none and needs none. Rows that go keep what they had. */
function foldedBias(
  layer: IntegerLayer,
  valueOf: (output: number) => number,
  outputs: readonly number[],
): Tensor | undefined {
  const values = Array.from({ length: layer.outputs }, (_, o) => layer.biasOf(o));
  for (const o of outputs) values[o] = valueOf(o);
  if (layer.bias === undefined && values.every((value) => value === 0)) return undefined;
  if (layer.bias?.dtype === 'int64') return { ...layer.bias, data: BigInt64Array.from(values, BigInt) };
  const data = Int32Array.from(values);
  return layer.bias === undefined ? newBias(layer, data) : { ...layer.bias, data };
}

/** In steps of input scale times weight scale. */
function newBias({ node, input, filter, outputs }: IntegerLayer, data: Int32Array): Tensor {
  const step = input.quantization!.scale[0]!;
  const scale = filter.quantization!.scale.map((each) => Math.fround(step * each));
  const quantization = { scale, zeroPoint: scale.map(() => 0), axis: 0 };
  return { name: `${node.origin}/bias`, shape: [outputs], dtype: 'int32', quantization, data };
}

function cutBias(
  cut: CutGraph,
  { node, outputs: all }: IntegerLayer,
  bias: Tensor | undefined,
  outputs: readonly number[],
): TensorId | null {
  if (bias === undefined) return null;
  const flat = bias.shape.length === 1 ? bias : { ...bias, shape: [all] };
  const how = `${outputs.join()}/${String(bias.data)}`;
  return cut.add(node.inputs[2] ?? -1 - node.outputs[0]!, how, cutTensor(flat, 0, outputs));
}

/** What says the shape says the new one. */
function reshapeToCut(cut: CutGraph, graph: Graph, node: Extract<Node, { kind: 'RESHAPE' }>): Node {
  const { shape } = cut.tensors[node.outputs[0]!]!;
  const operand = node.inputs[1];
  const inputs = [...node.inputs];
  if (operand !== undefined && operand !== null)
    inputs[1] = cut.add(operand, shape.join(), { ...tensorAt(graph, operand), data: Int32Array.from(shape) });
  const newShape = node.attributes.newShape.length === 0 ? [] : shape;
  return { ...node, inputs, attributes: { ...node.attributes, newShape } };
}

/** Constants among what is joined lose the channels that their part of the output loses. */
function cutJoined(cut: CutGraph, graph: Graph, node: Extract<Node, { kind: 'CONCATENATION' }>): Node {
  const { shape } = tensorAt(graph, node.outputs[0]!);
  const isLast = node.attributes.axis === -1 || node.attributes.axis === shape.length - 1;
  const kept = cut.kept(node.outputs[0]!);
  let offset = 0;
  const offsets = node.inputs.map((id) => {
    const from = offset;
    offset += isLast ? channelsOf(tensorAt(graph, id!)) : 0;
    return from;
  });
  return cutConstants(cut, graph, node, (position) => {
    const channels = channelsOf(tensorAt(graph, node.inputs[position]!));
    return kept.map((c) => c - offsets[position]!).filter((c) => c >= 0 && c < channels);
  });
}

/** Quantized constants with as many channels as the node goes through; shapes, axes and single values stay. */
function cutConstants(cut: CutGraph, graph: Graph, node: Node, keptOf: (position: number) => readonly number[]): Node {
  const inputs = node.inputs.map((id, position) => {
    const tensor = id === null ? undefined : tensorAt(graph, id);
    if (id === null || tensor?.data === undefined || !isBounded(tensor)) return id;
    const joined = node.kind === 'CONCATENATION';
    if (!joined && (channelsOf(tensor) === 1 || elementCount(tensor.shape) === 1)) return id;
    const kept = keptOf(position);
    return cut.add(id, kept.join(), cutTensor(tensor, tensor.shape.length - 1, kept));
  });
  return { ...node, inputs };
}
