// Which constant of a float graph stands behind a constant of the quantized graph that was made of it.
import { tensorAt, type Graph, type Node } from '@wherry/graph';
import type { Applied } from '@wherry/quantizer';
import type { ExactOf } from './real-form.js';

/** `float`: what was quantized, with even channels where they were evened out. */
export function knownConstants(float: Graph, { tensorOf }: Pick<Applied, 'tensorOf'>): ExactOf {
  const nodes = new Map(float.nodes.map((node) => [tensorOf.get(node.outputs[0]!), node] as const));
  return (node, input) => constantOf(float, nodes.get(node.outputs[0]), input);
}

/** Undefined for what is no real constant. */
export function constantOf(graph: Graph, node: Node | undefined, input: number): Float32Array | undefined {
  const id = node?.inputs[input] ?? null;
  const data = id === null ? undefined : tensorAt(graph, id).data;
  return data instanceof Float32Array ? data : undefined;
}
