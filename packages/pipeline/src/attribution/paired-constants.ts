// Which constant of a float model stands behind a constant of a quantized file that somebody else made of it.
import type { Graph, Node, TensorId } from '@wherry/graph';
import { decode, encode, graphToModel } from '@wherry/tflite-writer';
import { matchOperators } from '../diff/match-operators.js';
import { rawGraphs, type RawGraph } from '../diff/raw-graph.js';
import { constantOf } from './known-constants.js';
import type { ExactOf } from './real-form.js';

export interface PairedConstants {
  readonly exactOf: ExactOf;
  /** Layers of the file with weights that have no partner in the float model: nothing is said of their weights. */
  readonly unpaired: readonly string[];
}

/**
 * By structure, neighbours and names, as `deploy diff` matches operators; whose constants have other shapes there, as two branches
 * may be exchanged, by those shapes.
 */
export function pairedConstants(float: Graph, quantized: Graph): PairedConstants {
  const { ofA } = matchOperators(rawOf(quantized), rawOf(float));
  const [own, others] = [constantNodes(quantized), constantNodes(float)];
  const partners = new Map<Node, Node>();
  quantized.nodes.forEach((node, position) => {
    const partner = float.nodes[ofA.get(position) ?? -1];
    if (partner !== undefined && own.get(node) === others.get(partner)) partners.set(node, partner);
  });
  const taken = new Set(partners.values());
  const free = [...own.keys()].filter((node) => !partners.has(node));
  for (const node of free) {
    const mine = free.filter((each) => own.get(each) === own.get(node));
    const theirs = [...others.keys()].filter((each) => others.get(each) === own.get(node) && !taken.has(each));
    if (mine.length === theirs.length) partners.set(node, theirs[mine.indexOf(node)]!);
  }
  return {
    exactOf: (node, input) => constantOf(float, partners.get(node), input),
    unpaired: [...own.keys()].filter((node) => !partners.has(node)).map(({ origin }) => origin),
  };
}

/** Nodes that read real or quantized constants, with their kind and the shapes of those. */
function constantNodes(graph: Graph): ReadonlyMap<Node, string> {
  const shapeOf = (id: TensorId | null): string => {
    const tensor = id === null ? undefined : graph.tensors[id];
    const isReal = tensor?.dtype === 'float32' || tensor?.quantization !== undefined;
    return tensor?.data !== undefined && isReal ? tensor.shape.join('x') : '-';
  };
  return new Map(
    graph.nodes.flatMap((node) => {
      const shapes = node.inputs.map(shapeOf);
      return shapes.every((shape) => shape === '-') ? [] : [[node, [node.kind, ...shapes].join(' ')] as const];
    }),
  );
}

function rawOf(graph: Graph): RawGraph {
  const layers = graph.nodes.map(({ origin }) => origin);
  return rawGraphs(decode(encode(graphToModel(graph))), layers)[0]!;
}
