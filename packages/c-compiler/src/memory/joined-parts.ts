// Concatenations whose parts are made where they end, so that nothing is copied: such as lie one behind the other.
import {
  byteLength,
  elementCount,
  statesOf,
  tensorAt,
  type Graph,
  type NodeOf,
  type Quantization,
  type TensorId,
} from '@wherry/graph';
import type { KernelCall } from '../kernel-call.js';

/** Of one concatenation. A part is called by the tensor whose bytes it has. */
export interface Join {
  readonly node: number;
  readonly whole: TensorId;
  /** Where each part begins in the whole, in bytes. */
  readonly parts: ReadonlyMap<TensorId, number>;
}

/**
 * The joins that are possible, none with a part of another. `owners`: for each tensor the one whose bytes it has. `alignment`: what
 * a part begins at a multiple of.
 */
export function joinsOf(graph: Graph, owners: readonly TensorId[], alignment: number): readonly Join[] {
  const taken = new Set<TensorId>();
  const joins: Join[] = [];
  for (const [node, one] of graph.nodes.entries()) {
    if (one.kind !== 'CONCATENATION' || !isOneBehindTheOther(graph, one)) continue;
    const whole = owners[one.outputs[0]!]!;
    if (taken.has(whole)) continue;
    const parts = partsOf(graph, one, owners, alignment);
    for (const part of parts.keys()) if (taken.has(part)) parts.delete(part);
    if (parts.size === 0) continue;
    for (const id of [whole, ...parts.keys()]) taken.add(id);
    joins.push({ node, whole, parts });
  }
  return joins;
}

/** No axis before the one along which they are joined has more than one place. */
function isOneBehindTheOther(graph: Graph, { attributes, outputs }: NodeOf<'CONCATENATION'>): boolean {
  const { shape } = tensorAt(graph, outputs[0]!);
  const axis = attributes.axis < 0 ? attributes.axis + shape.length : attributes.axis;
  return shape.slice(0, axis).every((length) => length === 1);
}

function partsOf(
  graph: Graph,
  { inputs, outputs }: NodeOf<'CONCATENATION'>,
  owners: readonly TensorId[],
  alignment: number,
): Map<TensorId, number> {
  const whole = tensorAt(graph, outputs[0]!);
  const parts = new Map<TensorId, number>();
  const kept = new Set([...graph.inputs, ...statesOf(graph)]);
  let at = 0;
  for (const id of inputs) {
    const { dtype, shape, data, quantization } = tensorAt(graph, id!);
    const owner = owners[id!]!;
    const isMade = data === undefined && !kept.has(owner) && tensorAt(graph, owner).data === undefined;
    const isOnce = inputs.filter((other) => owners[other!] === owner).length === 1;
    const isSame = dtype === whole.dtype && isAlike(quantization, whole.quantization);
    if (isMade && isOnce && isSame && at % alignment === 0) parts.set(owner, at);
    at += byteLength(dtype, elementCount(shape));
  }
  return parts;
}

function isAlike(a: Quantization | undefined, b: Quantization | undefined): boolean {
  return a?.scale[0] === b?.scale[0] && a?.zeroPoint[0] === b?.zeroPoint[0];
}

/** Without those that copied what is made in its place now. */
export function withoutCopies(
  graph: Graph,
  calls: readonly (readonly KernelCall[])[],
  owners: readonly TensorId[],
  joins: readonly Join[],
): readonly (readonly KernelCall[])[] {
  const byNode = new Map(joins.map((join) => [join.node, join]));
  return calls.map((ofNode, node) => {
    const join = byNode.get(node);
    if (join === undefined) return ofNode;
    const { inputs } = graph.nodes[node]!;
    const isMade = (position: number): boolean => join.parts.has(owners[inputs[position]!]!);
    return ofNode.filter((call) => !call.arguments.some((one) => one.is === 'input' && isMade(one.position)));
  });
}
