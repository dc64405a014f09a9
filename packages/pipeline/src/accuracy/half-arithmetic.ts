// What a graph gives where every value between its nodes is rounded to float16, as GPUs keep them.
import {
  tensorAt,
  type Engine,
  type Executor,
  type Graph,
  type Node,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import { schemes, type SchemeName } from '@wherry/quantizer';

/** By the profile, the target has units for float16, and the scheme stores its numbers for them; elsewhere they are widened. */
export function computesInHalf({ profile }: Target, scheme: SchemeName): boolean {
  return schemes[scheme].weights.kind === 'half' && profile.arithmetic.fp16 === 'native';
}

/**
 * Each node by itself on `engine`, so that what it gives can be rounded before the next one reads it. Within a node the sums
 * stay those of the engine.
 */
export function halfArithmetic(engine: Engine): Engine {
  return {
    name: engine.name,
    prepare: async (graph) => {
      const steps: Step[] = [];
      for (const part of parts(graph)) steps.push({ ...part, executor: await engine.prepare(part.graph) });
      return new HalfExecutor(graph, steps);
    },
  };
}

interface Part {
  readonly graph: Graph;
  /** Tensors of the whole graph. */
  readonly reads: readonly TensorId[];
  readonly writes: readonly TensorId[];
}

interface Step extends Part {
  readonly executor: Executor;
}

class HalfExecutor implements Executor {
  readonly atOnce: number;

  constructor(
    private readonly graph: Graph,
    private readonly steps: readonly Step[],
  ) {
    this.atOnce = Math.max(1, ...steps.map(({ executor }) => executor.atOnce ?? 1));
  }

  async run(feeds: readonly TensorData[]): Promise<readonly TensorData[]> {
    const values = new Map<TensorId, TensorData>();
    this.graph.inputs.forEach((id, position) => values.set(id, rounded(feeds[position]!)));
    for (const { executor, reads, writes } of this.steps) {
      const outputs = await executor.run(reads.map((id) => values.get(id)!));
      writes.forEach((id, position) => values.set(id, rounded(outputs[position]!)));
    }
    return this.graph.outputs.map((id) => values.get(id) ?? tensorAt(this.graph, id).data!);
  }

  dispose(): void {
    for (const { executor } of this.steps) executor.dispose();
  }
}

/** A graph of its own for each node, with the nodes before it that make its constants. */
function parts(graph: Graph): readonly Part[] {
  const makers = new Map<TensorId, Node>();
  // What a node keeps from run to run is given by nothing.
  const given = new Set([...graph.inputs, ...graph.nodes.flatMap(({ outputs }) => outputs)]);
  const isConstant = (id: TensorId): boolean => makers.has(id) || tensorAt(graph, id).data !== undefined;
  return graph.nodes.flatMap((node): Part[] => {
    const ids = node.inputs.filter((id) => id !== null);
    const isAsked = node.outputs.some((id) => graph.outputs.includes(id));
    if (ids.length > 0 && ids.every(isConstant) && !isAsked) {
      node.outputs.forEach((id) => makers.set(id, node));
      return [];
    }
    const reads = [...new Set(ids.filter((id) => given.has(id) && !makers.has(id)))];
    const nodes = [...new Set(ids.flatMap((id) => makersOf(id, makers))), node];
    return [{ graph: partOf(graph, nodes, reads, node.outputs), reads, writes: node.outputs }];
  });
}

function makersOf(id: TensorId, makers: ReadonlyMap<TensorId, Node>): readonly Node[] {
  const maker = makers.get(id);
  if (maker === undefined) return [];
  return [...maker.inputs.flatMap((each) => (each === null ? [] : makersOf(each, makers))), maker];
}

/** Only the tensors that the nodes name, under new numbers. */
function partOf(graph: Graph, nodes: readonly Node[], reads: readonly TensorId[], writes: readonly TensorId[]): Graph {
  const kept = [...new Set([...reads, ...nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs])])];
  const named = kept.filter((id) => id !== null);
  const numberOf = new Map(named.map((id, position) => [id, position]));
  const renumbered = (ids: readonly TensorId[]): TensorId[] => ids.map((id) => numberOf.get(id)!);
  return {
    name: graph.name,
    tensors: named.map((id) => tensorAt(graph, id)),
    nodes: nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map((id) => (id === null ? null : numberOf.get(id)!)),
      outputs: renumbered(node.outputs),
    })),
    inputs: renumbered(reads),
    outputs: renumbered(writes),
  };
}

/** A copy: executors use their memory again. Integers are as they are. */
function rounded(data: TensorData): TensorData {
  return data instanceof Float32Array ? data.map(roundToHalf) : data.slice();
}

const bits = new Uint32Array(1);
const value = new Float32Array(bits.buffer);

/** The nearest float16 to a float32, ties to the even one; from 65520 on infinite. */
export function roundToHalf(x: number): number {
  const magnitude = Math.abs(x);
  // Beside 0.75 a float32 has steps of 2^-24, which are those of the smallest float16.
  if (magnitude < 2 ** -14) return Math.fround(x + 0.75) - 0.75;
  if (!(magnitude < 65520)) return Number.isNaN(x) ? NaN : Math.sign(x) * Infinity;
  value[0] = x;
  // 13 bits of the fraction go.
  bits[0]! += 0xfff + ((bits[0]! >>> 13) & 1);
  bits[0]! &= 0xffffe000;
  return value[0];
}
