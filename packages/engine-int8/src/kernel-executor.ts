// Runs a planned graph: kernels work in place on their memory, and the reference runs the nodes that they do not have.
import {
  checkedFeed,
  elementCount,
  freshStates,
  runNode,
  tensorAt,
  type Executor,
  type Graph,
  type Observer,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import type { Kernels } from './kernels.js';
import { lifetimesOf } from './lifetimes.js';
import type { GraphPlan } from './plan-graph.js';
import type { Run } from './step.js';

export class KernelExecutor implements Executor {
  readonly #graph: Graph;
  readonly #runs: readonly (Run | undefined)[];
  readonly #idle: readonly boolean[];
  /** int8 values of what lies in the kernels' memory; they are a tensor's during its lifetime only. */
  readonly #views: ReadonlyMap<TensorId, Int8Array>;
  /** What is read last by the node at a position, and lies in no kernel's memory. */
  readonly #ends: readonly (readonly TensorId[])[];
  #release: (() => void) | undefined;

  /** `release` gives the kernels back. */
  constructor(graph: Graph, plan: GraphPlan, kernels: Kernels, release: () => void) {
    const { buffer } = kernels.memory;
    plan.memory.fill(buffer);
    this.#graph = graph;
    this.#runs = plan.binds.map((bind) => bind?.(kernels));
    this.#idle = plan.idle;
    this.#views = new Map(
      Array.from(plan.memory.placed, ([id, { at }]) => [
        id,
        new Int8Array(buffer, at, elementCount(tensorAt(graph, id).shape)),
      ]),
    );
    const ends: TensorId[][] = graph.nodes.map(() => []);
    for (const [id, { last }] of lifetimesOf(graph)) if (!this.#views.has(id)) ends[last]?.push(id);
    this.#ends = ends;
    this.#release = release;
  }

  run(feeds: readonly TensorData[], observer?: Observer): Promise<readonly TensorData[]> {
    if (this.#release === undefined) throw new Error("the executor is disposed: its memory is another graph's");
    return Promise.resolve(this.#runOnce(feeds, observer));
  }

  dispose(): void {
    // Once: the kernels may be another graph's by the second time.
    this.#release?.();
    this.#release = undefined;
  }

  #runOnce(feeds: readonly TensorData[], observer: Observer | undefined): TensorData[] {
    const { tensors, inputs, nodes, outputs } = this.#graph;
    const values: (TensorData | undefined)[] = tensors.map(({ data }, id) => this.#views.get(id) ?? data);
    for (const [id, data] of freshStates(this.#graph)) values[id] = data;
    const isWanted = (id: TensorId): boolean => observer?.wants(id) === true;
    inputs.forEach((id, position) => {
      this.#keep(id, checkedFeed(this.#graph, id, feeds[position]), values);
      if (isWanted(id)) observer!.see(id, values[id]!);
    });
    nodes.forEach((node, position) => {
      const wanted = node.outputs.filter(isWanted);
      if (wanted.length > 0 || !this.#idle[position]!) this.#runNode(position, values);
      for (const id of wanted) observer!.see(id, values[id]!);
      for (const id of this.#ends[position]!) values[id] = undefined;
    });
    // Copies: the memory is another value's in the next run.
    return outputs.map((id) => values[id]!.slice() as TensorData);
  }

  #runNode(position: number, values: (TensorData | undefined)[]): void {
    const run = this.#runs[position];
    if (run !== undefined) return run();
    const node = this.#graph.nodes[position]!;
    runNode(this.#graph, node, values, 'double');
    for (const id of node.outputs) this.#keep(id, values[id]!, values);
  }

  /** What comes from outside of the kernels: into their memory, if they read it. */
  #keep(id: TensorId, data: TensorData, values: (TensorData | undefined)[]): void {
    const view = this.#views.get(id);
    view?.set(data as Int8Array);
    values[id] = view ?? data;
  }
}
