// How far a quantized graph's outputs are from the float graph's, as one number to compare candidates by.
import { tensorAt, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import type { Applied } from '../apply/apply.js';
import { ChannelErrors, finalLayer } from './final-layers.js';
import { judgements, realOf, type Judgement } from './judgement.js';
import { quantizeFeeds } from './quantize-feeds.js';
import type { JudgedSample } from './sample-reservoir.js';

/** Values of intermediate tensors, per sample. */
export type Recording = readonly ReadonlyMap<TensorId, TensorData>[];

export interface MeasureOptions {
  /** Everything before node `position` is as it was recorded: only the rest is run. */
  readonly from?: { readonly position: number; readonly recording: Recording };
  /** Positions that a later measurement may start from. */
  readonly keepAt?: readonly number[];
}

export interface Measured {
  /** Mean distance over samples and outputs; 0 when the quantized graph gives the float values. */
  readonly error: number;
  /** What is judged, and what the nodes from each position of `keepAt` on read. */
  readonly recording: Recording;
}

/** Samples with what the float graph makes of them. Lives as long as one choice is being made. */
export class OutputJudge {
  /** Samples in the types and scales of a quantized graph's inputs. */
  readonly #quantized = new Map<string, readonly (readonly TensorData[])[]>();

  private constructor(
    private readonly float: Graph,
    private readonly engine: Engine,
    private readonly samples: readonly (readonly TensorData[])[],
    private readonly judged: readonly Judgement[],
    /** [sample][position in judged] */
    private readonly expected: readonly (readonly TensorData[])[],
  ) {}

  static async of(graph: Graph, engine: Engine, samples: readonly JudgedSample[]): Promise<OutputJudge> {
    const judged = judgements(graph);
    const ids = judged.map(({ id }) => id);
    const recording = await runAndKeep(
      graph,
      engine,
      samples.filter(({ expected }) => expected === undefined).map(({ inputs }) => inputs),
      ids,
    );
    const missing = recording.map((values) => ids.map((id) => values.get(id)!))[Symbol.iterator]();
    const expected = samples.map((sample) => sample.expected ?? missing.next().value!);
    return new OutputJudge(
      graph,
      engine,
      samples.map(({ inputs }) => inputs),
      judged,
      expected,
    );
  }

  /** A judge of the samples from `start` up to `end` alone. */
  part(start: number, end: number): OutputJudge {
    return new OutputJudge(
      this.float,
      this.engine,
      this.samples.slice(start, end),
      this.judged,
      this.expected.slice(start, end),
    );
  }

  async measure({ graph, tensorOf }: Applied, { from, keepAt = [] }: MeasureOptions = {}): Promise<Measured> {
    const ids = this.#judgedIds(tensorOf);
    const kept = [...new Set([...ids, ...keepAt.flatMap((position) => suffixInputs(graph, position, ids))])];
    const recording =
      from === undefined
        ? await runAndKeep(graph, this.engine, this.#feeds(graph), kept)
        : await runSuffix(graph, this.engine, { ...from, inputs: suffixInputs(graph, from.position, ids) }, kept);
    return { error: this.#distance(graph, ids, recording), recording };
  }

  /** Position of the first layer that a last correction can reach; undefined when there is none. */
  finalPosition({ graph, tensorOf }: Applied): number | undefined {
    const written = this.#finalLayers().map(({ layer }) => tensorOf.get(layer.outputs[0]!)!);
    const position = graph.nodes.findIndex(({ outputs }) => outputs.some((id) => written.includes(id)));
    return position < 0 ? undefined : position;
  }

  /** Mean errors of the layers that write what is judged, by their float outputs; only what is certain (`ChannelErrors`). */
  channelErrors({ graph, tensorOf }: Applied, recording: Recording): Map<TensorId, Float64Array> {
    const ids = this.#judgedIds(tensorOf);
    return new Map(
      this.#finalLayers().map(({ layer, judged }) => {
        const { quantization } = tensorAt(graph, ids[judged]!);
        const channels = new ChannelErrors(tensorAt(this.float, this.judged[judged]!.id).shape.at(-1)!);
        recording.forEach((values, sample) => {
          const [data, expected] = [values.get(ids[judged]!)!, this.expected[sample]![judged]!];
          channels.add(data.length, (i) => realOf(data, i, quantization) - Number(expected[i]));
        });
        return [layer.outputs[0]!, channels.certainMeans];
      }),
    );
  }

  /** Candidates differ behind the inputs only: what one was fed with serves the others. */
  #feeds(graph: Graph): readonly (readonly TensorData[])[] {
    const key = JSON.stringify(graph.inputs.map((id) => [tensorAt(graph, id).dtype, tensorAt(graph, id).quantization]));
    const known = this.#quantized.get(key) ?? this.samples.map((sample) => quantizeFeeds(graph, sample));
    this.#quantized.set(key, known);
    return known;
  }

  #judgedIds(tensorOf: Applied['tensorOf']): TensorId[] {
    return this.judged.map(({ id }) => tensorOf.get(id)!);
  }

  #finalLayers(): { readonly layer: NonNullable<ReturnType<typeof finalLayer>>; readonly judged: number }[] {
    return this.judged.flatMap(({ id }, judged) => {
      const layer = finalLayer(this.float, id);
      return layer === undefined ? [] : [{ layer, judged }];
    });
  }

  #distance(graph: Graph, ids: readonly TensorId[], recording: Recording): number {
    let total = 0;
    recording.forEach((values, sample) => {
      ids.forEach((id, position) => {
        total += this.judged[position]!.distance(
          this.expected[sample]![position]!,
          values.get(id)!,
          tensorAt(graph, id).quantization,
        );
      });
    });
    return total / Math.max(1, recording.length * ids.length);
  }
}

/** What is there before node `position` and read later: by the nodes from it on, as a graph output, or because it is `wanted`. */
function suffixInputs(graph: Graph, position: number, wanted: readonly TensorId[]): TensorId[] {
  const nodes = graph.nodes.slice(position);
  const written = new Set(nodes.flatMap(({ outputs }) => outputs));
  const read = new Set([...nodes.flatMap(({ inputs }) => inputs), ...graph.outputs, ...wanted]);
  return [...read]
    .filter((id): id is TensorId => id !== null && !written.has(id) && tensorAt(graph, id).data === undefined)
    .sort((a, b) => a - b);
}

function runSuffix(
  graph: Graph,
  engine: Engine,
  {
    position,
    recording,
    inputs,
  }: { readonly position: number; readonly recording: Recording; readonly inputs: readonly TensorId[] },
  ids: readonly TensorId[],
): Promise<Recording> {
  const feeds = recording.map((values) => inputs.map((id) => values.get(id)!));
  return runAndKeep({ ...graph, inputs, nodes: graph.nodes.slice(position) }, engine, feeds, ids);
}

/** The values of `ids` for every sample. */
async function runAndKeep(
  graph: Graph,
  engine: Engine,
  samples: readonly (readonly TensorData[])[],
  ids: readonly TensorId[],
): Promise<Recording> {
  if (samples.length === 0) return [];
  const executor = await engine.prepare(graph);
  const wanted = new Set(ids);
  const kept: Map<TensorId, TensorData>[] = [];
  try {
    for (const sample of samples) {
      const values = new Map<TensorId, TensorData>();
      await executor.run(sample, {
        wants: (id) => wanted.has(id),
        see: (id, data) => values.set(id, data.slice() as TensorData),
      });
      kept.push(values);
    }
  } finally {
    executor.dispose();
  }
  return kept;
}
