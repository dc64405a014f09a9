// Runs quantized graphs on samples and keeps what a later run may start from.
import { inTurn, tensorAt, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';

/** Values of some tensors, per sample. */
export type Recording = readonly ReadonlyMap<TensorId, TensorData>[];

/** What is there before node `position` and read later: by the nodes from it on, as a graph output, or because it is `wanted`. */
export function suffixInputs(graph: Graph, position: number, wanted: readonly TensorId[]): TensorId[] {
  const nodes = graph.nodes.slice(position);
  const written = new Set(nodes.flatMap(({ outputs }) => outputs));
  const read = new Set([...nodes.flatMap(({ inputs }) => inputs), ...graph.outputs, ...wanted]);
  return [...read]
    .filter((id): id is TensorId => id !== null && !written.has(id) && tensorAt(graph, id).data === undefined)
    .sort((a, b) => a - b);
}

export interface Suffix {
  /** Of the first node that is run. */
  readonly position: number;
  readonly recording: Recording;
  /** What of before is wanted all the same. */
  readonly wanted: readonly TensorId[];
}

/** The values of `ids` for every recorded sample, computed from node `position` on. */
export function runSuffix(
  graph: Graph,
  engine: Engine,
  { position, recording, wanted }: Suffix,
  ids: readonly TensorId[],
): Promise<Recording> {
  const inputs = suffixInputs(graph, position, wanted);
  const feeds = recording.map((values) => inputs.map((id) => values.get(id)!));
  return runAndKeep({ ...graph, inputs, nodes: graph.nodes.slice(position) }, engine, feeds, ids);
}

/** The values of `ids` for every sample. */
export async function runAndKeep(
  graph: Graph,
  engine: Engine,
  samples: readonly (readonly TensorData[])[],
  ids: readonly TensorId[],
): Promise<Recording> {
  if (samples.length === 0) return [];
  const executor = await engine.prepare(graph);
  const wanted = new Set(ids);
  const kept: ReadonlyMap<TensorId, TensorData>[] = [];
  const runOne = async (sample: readonly TensorData[]): Promise<ReadonlyMap<TensorId, TensorData>> => {
    const values = new Map<TensorId, TensorData>();
    await executor.run(sample, { wants: (id) => wanted.has(id), see: (id, data) => values.set(id, data.slice()) });
    return values;
  };
  try {
    for await (const { result } of inTurn(samples, executor.atOnce ?? 1, runOne)) kept.push(result);
  } finally {
    executor.dispose();
  }
  return kept;
}
