// A naive simulator of the arena: every access of every kernel, byte by byte, with what each byte holds.
import { byteLength, elementCount, statesOf, tensorAt, type Graph, type Node, type TensorId } from '@wherry/graph';
import type { AccessStep } from '../access/access-order.js';
import type { ArenaPlan } from './plan-arena.js';

/** Undefined where every byte that is read is the one that was written for it; else the first that is not, in words. */
export function replay(graph: Graph, plan: Omit<ArenaPlan, 'scratchAt'>): string | undefined {
  const { calls } = plan;
  const memory = new Arena(plan);
  const bytesOf = (id: TensorId): number =>
    byteLength(tensorAt(graph, id).dtype, elementCount(tensorAt(graph, id).shape));
  const holdsAll = (id: TensorId): boolean => memory.holds(id, 0, bytesOf(id));
  for (const id of statesOf(graph)) memory.write(id, 0, bytesOf(id));
  for (const id of graph.inputs) memory.write(id, 0, bytesOf(id));
  for (const [step, node] of graph.nodes.entries()) {
    const scratch = scratchOf(plan, step);
    for (const call of calls[step]!) {
      scratch.forEach((block) => memory.spoil(block));
      const order = call.access?.steps() ?? inNoOrder(node, bytesOf);
      const fault = replaySteps(memory, node, order, call.access === undefined ? bytesOf : undefined);
      if (fault !== undefined) return fault;
    }
    scratch.forEach((block) => memory.spoil(block));
    if (!node.outputs.every(holdsAll)) return `${node.origin} does not leave all of its output`;
  }
  const lost = graph.outputs.find((id) => !holdsAll(id));
  if (lost !== undefined) return `output ${tensorAt(graph, lost).name} is overwritten`;
  const forgotten = statesOf(graph).find((id) => !holdsAll(id));
  return forgotten === undefined ? undefined : `state ${tensorAt(graph, forgotten).name} is overwritten`;
}

/** `writesAll`: every output is written whole, whatever the steps say. */
function replaySteps(
  memory: Arena,
  node: Node,
  steps: Iterable<AccessStep>,
  writesAll: ((id: TensorId) => number) | undefined,
): string | undefined {
  const { inputs, outputs, origin } = node;
  for (const { reads, writes, readsFirst } of steps) {
    const readsWhatItShould = (): boolean =>
      reads.every(({ position, from, to }) => {
        const id = inputs[position];
        return id === null || id === undefined || memory.holds(id, from, to);
      });
    if (!readsWhatItShould()) return `${origin} reads what is overwritten`;
    if (writes !== null) memory.write(outputs[0]!, ...writes);
    if (writesAll !== undefined)
      [...outputs, ...statesOf({ nodes: [node] })].forEach((id) => memory.write(id, 0, writesAll(id)));
    if (readsFirst !== true && !readsWhatItShould()) return `${origin} overwrites what it still reads`;
  }
  return undefined;
}

function inNoOrder({ inputs }: Node, bytesOf: (id: TensorId) => number): AccessStep[] {
  const reads = inputs.flatMap((id, position) => (id === null ? [] : [{ position, from: 0, to: bytesOf(id) }]));
  return [{ reads, writes: null }];
}

function scratchOf({ layout: { blocks } }: Pick<ArenaPlan, 'layout'>, step: number): number[] {
  return blocks.flatMap(({ tensors, firstStep }, i) => (tensors.length === 0 && firstStep === step ? [i] : []));
}

/** Which byte of which block every byte of the arena holds. */
class Arena {
  readonly #block: Int32Array;
  readonly #place: Int32Array;
  readonly #plan: Omit<ArenaPlan, 'scratchAt'>;

  constructor(plan: Omit<ArenaPlan, 'scratchAt'>) {
    this.#plan = plan;
    this.#block = new Int32Array(plan.places.bytes).fill(-1);
    this.#place = new Int32Array(plan.places.bytes);
  }

  write(id: TensorId, from: number, to: number): void {
    const at = this.#plan.partAt.get(id) ?? 0;
    this.#set(this.#plan.blockOf.get(id)!, at + from, at + to);
  }

  /** Constants always hold what they hold. */
  holds(id: TensorId, from: number, to: number): boolean {
    const block = this.#plan.blockOf.get(id);
    if (block === undefined) return true;
    const offset = this.#plan.places.offsets[block]!;
    const at = this.#plan.partAt.get(id) ?? 0;
    for (let i = at + from; i < at + to; i++)
      if (this.#block[offset + i] !== block || this.#place[offset + i] !== i) return false;
    return true;
  }

  spoil(block: number): void {
    this.#set(block, 0, this.#plan.layout.blocks[block]!.bytes);
  }

  #set(block: number, from: number, to: number): void {
    const offset = this.#plan.places.offsets[block]!;
    for (let i = from; i < to; i++) {
      this.#block[offset + i] = block;
      this.#place[offset + i] = i;
    }
  }
}
