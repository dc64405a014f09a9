// Holds graphs of int8 operators against the reference, tensor by tensor, and says which of their nodes run on kernels.
import {
  elementCount,
  evaluate,
  type Graph,
  type Observer,
  type Quantization,
  type Shape,
  type TensorData,
} from '@wherry/graph';
import { int8Engine } from '../int8-engine.js';
import { planGraph } from '../plan-graph.js';

/** Kinds of the nodes that the reference runs; empty where all are the kernels'. */
export function leftToReference(graph: Graph): string[] {
  const { binds } = planGraph(graph);
  return graph.nodes.filter((_, position) => binds[position] === undefined).map(({ kind }) => kind);
}

/** Names of tensors that differ from the reference's, outputs as they are returned included. */
export async function differences(graph: Graph, feeds: readonly TensorData[]): Promise<string[]> {
  const expected = new Map<number, TensorData>();
  const outputs = evaluate(graph, feeds, { observe: (id, data) => expected.set(id, data.slice()) });
  const executor = await int8Engine().prepare(graph);
  const different = new Set<string>();
  const compare = (id: number, wanted: TensorData, given: TensorData): void => {
    if (!isSame(wanted, given)) different.add(graph.tensors[id]!.name);
  };
  const observer: Observer = { wants: () => true, see: (id, data) => compare(id, expected.get(id)!, data) };
  // Twice watched: the memory is used again. Then unwatched: what nothing reads is left out.
  for (const watching of [observer, observer, undefined]) {
    const answers = await executor.run(feeds, watching);
    graph.outputs.forEach((id, position) => compare(id, outputs[position]!, answers[position]!));
  }
  executor.dispose();
  return [...different];
}

function isSame(wanted: TensorData, given: TensorData): boolean {
  return wanted.length === given.length && wanted.every((value, i) => Object.is(value, given[i]));
}

/** Numbers that look random and are the same every time. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** In [0, 1). */
  number(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) | 0;
    return (this.#state >>> 0) / 4294967296;
  }

  integer(least: number, greatest: number): number {
    return least + Math.floor(this.number() * (greatest - least + 1));
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[this.integer(0, values.length - 1)]!;
  }

  /** Of the whole range, its ends among them more often than by chance. */
  int8(shape: Shape): Int8Array {
    const one = (): number => (this.number() < 0.1 ? this.pick([-128, 127]) : this.integer(-128, 127));
    return Int8Array.from({ length: elementCount(shape) }, one);
  }

  /** Zero points at both ends of the range among them. */
  quantization(least: number, greatest: number): Quantization {
    const scale = Math.fround(least * (greatest / least) ** this.number());
    return { scale: [scale], zeroPoint: [this.pick([-128, 127, 0, this.integer(-128, 127)])], axis: 0 };
  }
}
