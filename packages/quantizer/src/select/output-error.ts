// How far a quantized graph's outputs are from the float graph's, as one number to compare candidates by.
import { tensorAt, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import type { Applied } from '../apply/apply.js';
import { ChannelErrors, finalLayer } from './final-layers.js';
import { judgements, realOf, type Judgement } from './judgement.js';
import { quantizeFeeds } from './quantize-feeds.js';

/** Values of intermediate tensors, per sample. */
export type Recording = readonly ReadonlyMap<TensorId, TensorData>[];

/** Samples with what the float graph makes of them. Lives as long as one choice is being made. */
export class OutputJudge {
  private constructor(
    private readonly float: Graph,
    private readonly engine: Engine,
    private readonly samples: readonly (readonly TensorData[])[],
    private readonly judged: readonly Judgement[],
    /** [sample][position in judged] */
    private readonly expected: readonly (readonly TensorData[])[],
  ) {}

  static async of(graph: Graph, engine: Engine, samples: readonly (readonly TensorData[])[]): Promise<OutputJudge> {
    const judged = judgements(graph);
    const expected = await runAndKeep(graph, engine, samples, judged.map(({ id }) => id));
    return new OutputJudge(graph, engine, samples, judged, expected);
  }

  /** Mean distance over samples and outputs; 0 when the quantized graph gives the float values. */
  async errorOf({ graph, tensorOf }: Applied): Promise<number> {
    return this.#distance(graph, tensorOf, this.samples.map((sample) => quantizeFeeds(graph, sample)));
  }

  /** The values that the nodes from each of `positions` on need, sample by sample, for `errorFrom`. */
  async record({ graph }: Applied, positions: readonly number[]): Promise<Recording> {
    const ids = [...new Set(positions.flatMap((position) => suffixInputs(graph, position)))];
    const feeds = this.samples.map((sample) => quantizeFeeds(graph, sample));
    const values = await runAndKeep(graph, this.engine, feeds, ids);
    return values.map((kept) => new Map(ids.map((id, i) => [id, kept[i]!])));
  }

  /** As `errorOf`, when everything before node `position` is as it was recorded: only the rest is run. */
  async errorFrom({ graph, tensorOf }: Applied, position: number, recording: Recording): Promise<number> {
    const inputs = suffixInputs(graph, position);
    const feeds = recording.map((values) => inputs.map((id) => values.get(id)!));
    return this.#distance({ ...graph, inputs, nodes: graph.nodes.slice(position) }, tensorOf, feeds);
  }

  /** Mean errors of the layers that write what is judged, by their float outputs; only what is certain (`ChannelErrors`). */
  async channelErrors({ graph, tensorOf }: Applied): Promise<Map<TensorId, Float64Array>> {
    const ids = this.judged.map(({ id }) => tensorOf.get(id)!);
    const actual = await runAndKeep(graph, this.engine, this.samples.map((sample) => quantizeFeeds(graph, sample)), ids);
    const errors = new Map<TensorId, Float64Array>();
    this.judged.forEach(({ id }, position) => {
      const layer = finalLayer(this.float, id);
      if (layer === undefined) return;
      const { quantization } = tensorAt(graph, ids[position]!);
      const channels = new ChannelErrors(tensorAt(this.float, id).shape.at(-1)!);
      actual.forEach((values, sample) => {
        const [data, expected] = [values[position]!, this.expected[sample]![position]!];
        channels.add(data.length, (i) => realOf(data, i, quantization) - Number(expected[i]));
      });
      errors.set(layer.outputs[0]!, channels.certainMeans);
    });
    return errors;
  }

  async #distance(graph: Graph, tensorOf: Applied['tensorOf'], feeds: readonly (readonly TensorData[])[]): Promise<number> {
    const ids = this.judged.map(({ id }) => tensorOf.get(id)!);
    const actual = await runAndKeep(graph, this.engine, feeds, ids);
    let total = 0;
    actual.forEach((values, sample) => {
      values.forEach((data, position) => {
        const { quantization } = tensorAt(graph, ids[position]!);
        total += this.judged[position]!.distance(this.expected[sample]![position]!, data, quantization);
      });
    });
    return total / Math.max(1, actual.length * ids.length);
  }
}

/** What nodes from `position` on, and the graph's outputs, read of what is there before, in ascending order of ids. */
function suffixInputs(graph: Graph, position: number): TensorId[] {
  const nodes = graph.nodes.slice(position);
  const written = new Set(nodes.flatMap(({ outputs }) => outputs));
  const read = new Set([...nodes.flatMap(({ inputs }) => inputs), ...graph.outputs]);
  return [...read].filter((id): id is TensorId => id !== null && !written.has(id) && tensorAt(graph, id).data === undefined).sort((a, b) => a - b);
}

/** The values of `ids` for every sample: [sample][position in ids]. */
async function runAndKeep(
  graph: Graph, engine: Engine, samples: readonly (readonly TensorData[])[], ids: readonly TensorId[],
): Promise<TensorData[][]> {
  const executor = await engine.prepare(graph);
  const kept: TensorData[][] = [];
  try {
    for (const sample of samples) {
      const values = new Map<TensorId, TensorData>();
      await executor.run(sample, {
        wants: (id) => ids.includes(id),
        see: (id, data) => values.set(id, data.slice() as TensorData),
      });
      kept.push(ids.map((id) => values.get(id)!));
    }
  } finally {
    executor.dispose();
  }
  return kept;
}
