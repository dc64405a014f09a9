// A graph's nodes as digests: whatever of a node changes its meaning changes its digest; names do not.
import { createHash } from 'node:crypto';
import { tensorAt, type Graph, type Node, type Tensor, type TensorData, type TensorId } from '@wherry/graph';

/** Hexadecimal digits that are kept: enough that two are not met by chance. */
const digits = 16;

export function digestOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, digits);
}

/** Of the constants that each node reads, with their scales; null where it reads none. */
export function constantDigests(graph: Graph): readonly (string | null)[] {
  return graph.nodes.map(({ inputs }) => {
    const constants = inputs.filter((id): id is TensorId => id !== null && tensorAt(graph, id).data !== undefined);
    if (constants.length === 0) return null;
    return digestOf(...constants.flatMap((id) => [JSON.stringify(formOf(graph, id)), ...dataOf(tensorAt(graph, id))]));
  });
}

/** Of everything of each node, with what it reads and writes. */
export function nodeDigests(graph: Graph): readonly string[] {
  const place = placesIn(graph);
  return graph.nodes.map((node) => digestOf(structureOf(graph, node, place), ...constantsOf(graph, node)));
}

/** Of the whole. */
export function graphDigest(graph: Graph): string {
  const place = placesIn(graph);
  const ends = [graph.inputs, graph.outputs].map((ids) => ids.map((id) => [place.get(id), formOf(graph, id)]));
  return digestOf(JSON.stringify(ends), ...nodeDigests(graph));
}

/** Where each value comes from: ids differ where constants were made in another order. */
function placesIn({ inputs, nodes }: Graph): ReadonlyMap<TensorId, string> {
  const places = new Map(inputs.map((id, position) => [id, `input ${position}`]));
  nodes.forEach(({ outputs }, node) => outputs.forEach((id, position) => places.set(id, `${node}:${position}`)));
  return places;
}

function structureOf(
  graph: Graph,
  { kind, attributes, inputs, outputs }: Node,
  place: ReadonlyMap<TensorId, string>,
): string {
  const read = inputs.map((id) => (id === null ? null : [place.get(id) ?? 'constant', formOf(graph, id)]));
  const options = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([kind, options, read, outputs.map((id) => formOf(graph, id))]);
}

function formOf(graph: Graph, id: TensorId): unknown {
  const { shape, dtype, quantization } = tensorAt(graph, id);
  return [
    shape,
    dtype,
    quantization === undefined ? null : [quantization.scale, quantization.zeroPoint, quantization.axis],
  ];
}

function constantsOf(graph: Graph, { inputs }: Node): readonly Uint8Array[] {
  return inputs.flatMap((id) => (id === null ? [] : dataOf(tensorAt(graph, id))));
}

function dataOf({ data }: Tensor): readonly Uint8Array[] {
  return data === undefined ? [] : [asBytes(data)];
}

function asBytes({ buffer, byteOffset, byteLength }: TensorData): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
