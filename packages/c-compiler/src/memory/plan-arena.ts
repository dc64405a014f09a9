// From the calls of kernels to the arena: which tensors share a block, how long blocks live, where they lie.
import {
  byteLength,
  dataTypes,
  elementCount,
  operatorOf,
  statesOf,
  tensorAt,
  type Graph,
  type TensorId,
} from '@wherry/graph';
import { fitsInPlace, trailingDistance } from '../access/trailing-distance.js';
import type { KernelCall } from '../kernel-call.js';
import type { Block, Layout, Overlap, Places } from './layout.js';
import { placeBlocks } from './place-blocks.js';
import { replay } from './replay.js';

export interface ArenaPlan {
  readonly layout: Layout;
  readonly places: Places;
  /** The block of a tensor; undefined for constants. */
  readonly blockOf: ReadonlyMap<TensorId, number>;
  /** Offset of the scratch of a node's call. */
  scratchAt(node: number, call: number): number;
}

/** Of the arena as a whole, in bytes: the caller's memory is aligned so, too. */
const arenaAlignment = 8;

/** `calls`: those of each node. Throws an Error where the plan does not stand the replay of every access: a bug. */
export function planArena(graph: Graph, calls: readonly (readonly KernelCall[])[]): ArenaPlan {
  const owners = sameBytes(graph);
  const blocks: Block[] = [];
  const blockOf = new Map<TensorId, number>();
  for (const [owner, tensors] of groupsOf(graph, owners)) {
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
  const wide = [...blockOf.keys()].some((id) => dataTypes[tensorAt(graph, id).dtype].bytes === 8);
  const layout = { alignment: wide ? 8 : 4, blocks, overlaps: overlapsOf(graph, calls, blocks, blockOf) };
  const placed = placeBlocks(layout);
  // What C makes of the union that the arena is.
  const places = { ...placed, bytes: Math.ceil(placed.bytes / arenaAlignment) * arenaAlignment };
  const plan = {
    layout,
    places,
    blockOf,
    scratchAt: (node: number, call: number) => places.offsets[scratch.get(`${node} ${call}`)!]!,
  };
  const fault = replay(graph, calls, plan);
  if (fault !== undefined) throw new Error(`unsound memory plan: ${fault}`);
  return plan;
}

/** For each tensor the one whose bytes it has: itself, or what it was reshaped from. */
function sameBytes(graph: Graph): readonly TensorId[] {
  const owners = graph.tensors.map((_, id) => id);
  for (const node of graph.nodes) {
    if (!isView(graph, node)) continue;
    owners[node.outputs[0]!] = owners[node.inputs[0]!]!;
  }
  return owners;
}

/** Whether a node's output has the bytes of its input, so that nothing is to be done. Constants lie elsewhere. */
export function isView(graph: Graph, { kind, inputs }: Graph['nodes'][number]): boolean {
  return operatorOf(kind).traits.sameBytes === true && tensorAt(graph, inputs[0]!).data === undefined;
}

function groupsOf(graph: Graph, owners: readonly TensorId[]): ReadonlyMap<TensorId, TensorId[]> {
  const groups = new Map<TensorId, TensorId[]>();
  const made = [...graph.inputs, ...statesOf(graph), ...graph.nodes.flatMap(({ outputs }) => outputs)];
  for (const id of made) {
    const owner = owners[id]!;
    groups.set(owner, [...(groups.get(owner) ?? []), id]);
  }
  return groups;
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
  blocks: readonly Block[],
  blockOf: ReadonlyMap<TensorId, number>,
): Overlap[] {
  return graph.nodes.flatMap(({ inputs, outputs }, step) => {
    const [call, ...others] = calls[step]!;
    const made = blockOf.get(outputs[0]!);
    if (call?.access === undefined || others.length > 0 || made === undefined || outputs.length > 1) return [];
    const { access } = call;
    return [...new Set(inputs)].flatMap((id) => {
      const read = id === null ? undefined : blockOf.get(id);
      if (read === undefined || read === made || blocks[read]!.lastStep > step) return [];
      // An operand that stands in several places is read in the orders of all of them.
      const positions = inputs.flatMap((other, position) => (other === id ? [position] : []));
      const distance = Math.min(...positions.map((position) => trailingDistance(access, position)));
      const inPlace = distance >= 0 || positions.every((position) => fitsInPlace(access, position));
      return inPlace || distance > -blocks[made]!.bytes ? [{ input: read, output: made, distance, inPlace }] : [];
    });
  });
}
