// Measures settings on samples that their ranges were not made from: each half of the data judges what the other half chose.
import { tensorAt, type DataType, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import type { Applied } from '../apply/apply.js';
import { explores, foldOf, folds, type Fold } from '../calibrate/blocks.js';
import { finalLayer, meanChannelErrors } from './final-layers.js';
import { joined, type SampleErrors } from './evidence.js';
import { judgements, OutputMeter, type Judgement, type Power } from './judgement.js';
import { quantizeFeeds } from './quantize-feeds.js';
import { runAndKeep, runSuffix, suffixInputs, type Recording, type Suffix } from './recording.js';
import type { JudgedSample } from './sample-reservoir.js';

/** `explore`: what a search may look at as often as it likes. `confirm`: what it has never seen. */
export type Part = 'explore' | 'confirm';

/** The quantized graph for the samples of a fold: made from the other fold. */
export type ForFold = (fold: Fold) => Applied;

export interface MeasureOptions {
  /** Everything before node `position` is as it was recorded: only the rest is run. */
  readonly from?: { readonly position: number; readonly recordings: readonly Recording[] };
  /** Positions that a later measurement may start from. */
  readonly keepAt?: readonly number[];
}

export interface Measured {
  readonly errors: SampleErrors;
  /** By fold, or one of a whole graph: what is judged, and what the nodes from each position of `keepAt` on read. */
  readonly recordings: readonly Recording[];
}

interface Chosen {
  readonly sample: JudgedSample;
  /** Among all samples. */
  readonly position: number;
}

/** Lives as long as one choice is being made. */
export class HeldOutJudge {
  readonly #judged: readonly Judgement[];
  readonly #meters: readonly OutputMeter[];
  readonly #powers: readonly Power[];
  /** Samples in the types and scales of a quantized graph's inputs. */
  readonly #fed = new Map<string, readonly TensorData[]>();

  constructor(
    private readonly float: Graph,
    private readonly engine: Engine,
    private readonly samples: readonly JudgedSample[],
    /** What the outputs are computed in. */
    dtype: DataType,
  ) {
    this.#judged = judgements(float);
    this.#meters = this.#judged.map(
      (each, output) =>
        new OutputMeter(
          each,
          samples.map(({ expected }) => expected[output]!),
          dtype,
        ),
    );
    this.#powers = this.#meters.map(({ power }) => power);
  }

  /** There are last layers whose biases can take a mean error out. */
  get hasFinalLayer(): boolean {
    return this.#judged.some(({ id }) => finalLayer(this.float, id) !== undefined);
  }

  /** Samples in one part. */
  count(part: Part): number {
    return this.#chosen(folds, [part]).length;
  }

  async measure(quantized: ForFold, part: Part, options: MeasureOptions = {}): Promise<Measured> {
    const measured: Measured[] = [];
    for (const fold of folds) {
      const from = options.from && { position: options.from.position, recording: options.from.recordings[fold]! };
      measured.push(await this.#measureOn(quantized(fold), this.#chosen([fold], [part]), { ...options, from }));
    }
    return {
      errors: joined(measured[0]!.errors, measured[1]!.errors),
      recordings: measured.flatMap(({ recordings }) => recordings),
    };
  }

  /** The same with one graph that was made from all samples: for what differs in something else than its ranges. */
  async measureWhole(applied: Applied, parts: readonly Part[] = ['explore', 'confirm']): Promise<Measured> {
    return this.#measureOn(applied, this.#chosen(folds, parts), {});
  }

  /** Mean errors, by their float outputs, of the layers that write what is judged, where they are certain: by the samples of one part or all. */
  channelErrors(applied: Applied, whole: Measured, parts: readonly Part[]): Map<TensorId, Float64Array> {
    const ids = this.#idsIn(applied);
    const chosen = this.#chosen(folds, parts);
    const layers = this.#judged.flatMap(({ id }, output) => {
      const layer = finalLayer(this.float, id);
      return layer === undefined ? [] : [{ written: layer.outputs[0]!, output }];
    });
    return new Map(
      layers.map(({ written, output }) => {
        const channels = tensorAt(this.float, this.#judged[output]!.id).shape.at(-1)!;
        const { quantization } = tensorAt(applied.graph, ids[output]!);
        const pairs = chosen.map(({ sample, position }) => ({
          actual: whole.recordings[0]![position]!.get(ids[output]!)!,
          expected: sample.expected[output]!,
        }));
        return [written, meanChannelErrors(channels, pairs, quantization)];
      }),
    );
  }

  async #measureOn(
    applied: Applied,
    chosen: readonly Chosen[],
    { from, keepAt = [] }: { readonly from?: Omit<Suffix, 'wanted'> | undefined; readonly keepAt?: readonly number[] },
  ): Promise<Measured> {
    const { graph } = applied;
    const ids = this.#idsIn(applied);
    const kept = [...new Set([...ids, ...keepAt.flatMap((position) => suffixInputs(graph, position, ids))])];
    const recording =
      from === undefined
        ? await runAndKeep(graph, this.engine, this.#feeds(graph, chosen), kept)
        : await runSuffix(graph, this.engine, { ...from, wanted: ids }, kept);
    const noise = recording.map((values, i) =>
      ids.map((id, output) =>
        this.#meters[output]!.noise(chosen[i]!.position, values.get(id)!, tensorAt(graph, id).quantization),
      ),
    );
    const share = (of: keyof Power): number[] =>
      noise.map(
        (outputs) =>
          outputs.reduce(
            (sum, each, output) => sum + each[of] / Math.max(this.#powers[output]![of], Number.MIN_VALUE),
            0,
          ) / ids.length,
      );
    const blocks = chosen.map(({ sample }) => sample.block);
    return { errors: { reported: share('reported'), judged: share('judged'), blocks }, recordings: [recording] };
  }

  #chosen(of: readonly Fold[], parts: readonly Part[]): Chosen[] {
    return this.samples.flatMap((sample, position) => {
      const part = explores(sample.block) ? 'explore' : 'confirm';
      return of.includes(foldOf(sample.block)) && parts.includes(part) ? [{ sample, position }] : [];
    });
  }

  /** Candidates differ behind the inputs only: what one was fed with serves the others. */
  #feeds(graph: Graph, chosen: readonly Chosen[]): (readonly TensorData[])[] {
    const form = JSON.stringify(
      graph.inputs.map((id) => [tensorAt(graph, id).dtype, tensorAt(graph, id).quantization]),
    );
    return chosen.map(({ sample, position }) => {
      const key = `${position} ${form}`;
      const known = this.#fed.get(key) ?? quantizeFeeds(graph, sample.inputs);
      this.#fed.set(key, known);
      return known;
    });
  }

  #idsIn({ tensorOf }: Applied): TensorId[] {
    return this.#judged.map(({ id }) => tensorOf.get(id)!);
  }
}
