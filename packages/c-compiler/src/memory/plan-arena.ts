// From the calls of kernels to the arena: which tensors share a block, how long blocks live, where they lie.
import { byteLength, dataTypes, elementCount, statesOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { fitsInPlace, trailingDistance } from '../access/trailing-distance.js';
import type { KernelCall } from '../kernel-call.js';
import { joinsOf, withoutCopies, type Join } from './joined-parts.js';
import type { Block, Layout, Overlap, Places } from './layout.js';
import { placeBlocks } from './place-blocks.js';
import { replay } from './replay.js';
import { groupsOf, sameBytes } from './same-bytes.js';

export interface ArenaPlan {
  readonly layout: Layout;
  readonly places: Places;
  /** The block of a tensor; undefined for constants. */
  readonly blockOf: ReadonlyMap<TensorId, number>;
  /** Where a tensor begins in its block, in bytes; undefined: where that does. */
  readonly partAt: ReadonlyMap<TensorId, number>;
  /** Those of each node that are left to do. */
  readonly calls: readonly (readonly KernelCall[])[];
  /** Offset of the scratch of a node's call. */
  scratchAt(node: number, call: number): number;
}

/** Of the arena as a whole, in bytes: the caller's memory is aligned so, too. */
const arenaAlignment = 8;

/** `calls`: those of each node. Throws an Error where the plan does not stand the replay of every access: a bug. */
export function planArena(graph: Graph, calls: readonly (readonly KernelCall[])[]): ArenaPlan {
  const owners = sameBytes(graph);
  const possible = joinsOf(graph, owners, alignmentOf(graph));
  const planned = (joins: readonly Join[]): ArenaPlan =>
    planJoined(graph, withoutCopies(graph, calls, owners, joins), owners, joins);
  // What is made in its place occupies all of the whole from its first part on: not where that takes more memory.
  const apart = planned([]);
  let best = possible.length === 0 ? apart : planned(possible);
  if (best.places.bytes > apart.places.bytes) {
    let joins: readonly Join[] = [];
    best = apart;
    for (const join of possible.slice(0, mostJoins)) {
      const plan = planned([...joins, join]);
      if (plan.places.bytes <= best.places.bytes) [best, joins] = [plan, [...joins, join]];
    }
  }
  const fault = replay(graph, best);
  if (fault !== undefined) throw new Error(`unsound memory plan: ${fault}`);
  return best;
}

/** As many are tried one by one: each takes some tenths of a second. */
const mostJoins = 16;

function alignmentOf(graph: Graph): 4 | 8 {
  const made = [...graph.inputs, ...statesOf(graph), ...graph.nodes.flatMap(({ outputs }) => outputs)];
  return made.some((id) => dataTypes[tensorAt(graph, id).dtype].bytes === 8) ? 8 : 4;
}

function planJoined(
  graph: Graph,
  calls: readonly (readonly KernelCall[])[],
  owners: readonly TensorId[],
  joins: readonly Join[],
): ArenaPlan {
  const wholeOf = new Map(joins.flatMap(({ whole, parts }) => [...parts].map(([part, at]) => [part, { whole, at }])));
  const groups = groupsOf(graph, owners);
  const blocks: Block[] = [];
  const blockOf = new Map<TensorId, number>();
  const partAt = new Map<TensorId, number>();
  const partsOf = new Map<TensorId, TensorId[]>();
  for (const [part, { whole, at }] of wholeOf) {
    const tensors = groups.get(part)!;
    tensors.forEach((id) => partAt.set(id, at));
    partsOf.set(whole, [...(partsOf.get(whole) ?? []), ...tensors]);
  }
  for (const [owner, own] of groups) {
    if (wholeOf.has(owner)) continue;
    const tensors = [...own, ...(partsOf.get(owner) ?? [])];
    tensors.forEach((id) => blockOf.set(id, blocks.length));
    const { dtype, shape } = tensorAt(graph, owner);
    blocks.push({ tensors, bytes: byteLength(dtype, elementCount(shape)), ...lifeOf(graph, new Set(tensors)) });
  }
  const scratch = new Map<string, number>();
  calls.forEach((ofNode, node) =>
    ofNode.forEach((call, at) => {
      const bytes = call.arguments.reduce((sum, one) => (one.is === 'scratch' ? sum + one.bytes : sum), 0);
      if (bytes === 0) return;
      scratch.set(`${node} ${at}`, blocks.length);
      blocks.push({ tensors: [], bytes, firstStep: node, lastStep: node });
    }),
  );
  const overlaps = overlapsOf(graph, calls, { blocks, blockOf, partAt });
  const layout = { alignment: alignmentOf(graph), blocks, overlaps };
  const placed = placeBlocks(layout);
  // What C makes of the union that the arena is.
  const places = { ...placed, bytes: Math.ceil(placed.bytes / arenaAlignment) * arenaAlignment };
  return {
    ...{ layout, places, blockOf, partAt, calls },
    scratchAt: (node: number, call: number) => places.offsets[scratch.get(`${node} ${call}`)!]!,
  };
}

/** Offset of a tensor in the arena; undefined for constants. */
export function offsetOf({ places, blockOf, partAt }: ArenaPlan, id: TensorId): number | undefined {
  const block = blockOf.get(id);
  return block === undefined ? undefined : places.offsets[block]! + (partAt.get(id) ?? 0);
}

function lifeOf(graph: Graph, tensors: ReadonlySet<TensorId>): Pick<Block, 'firstStep' | 'lastStep'> {
  const steps: number[] = [];
  const isAmong = (id: TensorId): boolean => tensors.has(id);
  // A state is there before the inputs are written, and for the next run.
  const isKept = statesOf(graph).some(isAmong);
  if (isKept || graph.inputs.some(isAmong)) steps.push(-1);
  if (isKept || graph.outputs.some(isAmong)) steps.push(graph.nodes.length);
  graph.nodes.forEach(({ inputs, outputs }, step) => {
    if ([...inputs, ...outputs].some((id) => id !== null && tensors.has(id))) steps.push(step);
  });
  return { firstStep: Math.min(...steps), lastStep: Math.max(...steps) };
}

function overlapsOf(
  graph: Graph,
  calls: readonly (readonly KernelCall[])[],
  { blocks, blockOf, partAt }: Pick<ArenaPlan, 'blockOf' | 'partAt'> & { readonly blocks: readonly Block[] },
): Overlap[] {
  // Beside a part lies what another one holds, which no input of its kernel may lie on.
  const shared = new Set([...partAt.keys()].map((id) => blockOf.get(id)));
  return graph.nodes.flatMap(({ inputs, outputs }, step) => {
    const [call, ...others] = calls[step]!;
    const made = blockOf.get(outputs[0]!);
    if (call?.access === undefined || others.length > 0 || made === undefined || outputs.length > 1 || shared.has(made))
      return [];
    const { access } = call;
    return [...new Set(inputs)].flatMap((id) => {
      const read = id === null ? undefined : blockOf.get(id);
      if (read === undefined || read === made || partAt.has(id!) || blocks[read]!.lastStep > step) return [];
      // An operand that stands in several places is read in the orders of all of them.
      const positions = inputs.flatMap((other, position) => (other === id ? [position] : []));
      const distance = Math.min(...positions.map((position) => trailingDistance(access, position)));
      const inPlace = distance >= 0 || positions.every((position) => fitsInPlace(access, position));
      return inPlace || distance > -blocks[made]!.bytes ? [{ input: read, output: made, distance, inPlace }] : [];
    });
  });
}
