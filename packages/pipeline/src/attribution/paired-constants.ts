// Which constant of a float model stands behind a constant of a quantized file that somebody else made of it.
import { tensorAt, weightedOperands, type Graph, type Node, type TensorId } from '@wherry/graph';
import { realConstant } from '@wherry/quantizer';
import { decode, encode, graphToModel } from '@wherry/tflite-writer';
import { matchOperators } from '../diff/match-operators.js';
import { rawGraphs, type RawGraph } from '../diff/raw-graph.js';
import { evenedAlike } from './evened-alike.js';
import { constantOf } from './known-constants.js';
import type { ExactOf } from './real-form.js';

export interface PairedConstants {
  readonly exactOf: ExactOf;
  /** Of the weights of the file, the share that points where those of the float model do: all of them where it is made of it. */
  readonly alike: number;
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
  const mates = new Map([...partners].map(([node, partner]) => [partner, node]));
  const evened = evenedAlike(float, (node) => weightsOf(quantized, mates.get(node)));
  return {
    exactOf: (node, input) => constantOf(evened, partners.get(node), input),
    alike: alikeShare(
      [...own.keys()].map((node) => [weightsOf(quantized, node), weightsOf(evened, partners.get(node))]),
    ),
    unpaired: [...own.keys()].filter((node) => !partners.has(node)).map(({ origin }) => origin),
  };
}

/** In real values; undefined for a node that has none. */
function weightsOf(graph: Graph, node: Node | undefined): Float32Array | undefined {
  const position = node === undefined ? undefined : weightedOperands(node.kind)?.weights;
  const id = position === undefined ? undefined : node!.inputs[position];
  if (id === undefined || id === null) return undefined;
  const tensor = tensorAt(graph, id);
  return tensor.data instanceof Float32Array ? tensor.data : realConstant(tensor);
}

/** Rounding to two bits, and cutting most of the weights off, leave more than this; weights of another training have none. */
const leastCosine = 0.5;

function alikeShare(pairs: readonly (readonly [Float32Array | undefined, Float32Array | undefined])[]): number {
  let [alike, all] = [0, 0];
  for (const [given, exact] of pairs) {
    if (given === undefined) continue;
    all += given.length;
    if (exact?.length === given.length && cosine(given, exact) >= leastCosine) alike += given.length;
  }
  return all === 0 ? 1 : alike / all;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    ofA += a[i]! ** 2;
    ofB += b[i]! ** 2;
  }
  return ofA === 0 && ofB === 0 ? 1 : product / Math.sqrt(Math.max(Number.MIN_VALUE, ofA * ofB));
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
