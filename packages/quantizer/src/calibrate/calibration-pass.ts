// One pass over the samples on one lane or several: what comes of them is taken in the order of the samples.
import { elementCount, tensorAt, WherryError, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { foldOf } from './blocks.js';
import type { CalibrateOptions, CrossCalibration } from './calibrate.js';
import type { CalibrationLane, CalibrationTask, LanePart, SeenSample } from './calibration-lane.js';
import { joinCollected } from './collection.js';
import { Sameness } from './sameness.js';

/** Samples that wait for a lane while another is at work, and what came of them: a block of large pictures. */
const greatestWaitingBytes = 2 ** 24;

interface Waiting {
  readonly inputs: readonly TensorData[];
  readonly block: number;
  readonly seen: Promise<SeenSample>;
}

/** Lives as long as one calibration. */
export class CalibrationPass {
  readonly #graph: Graph;
  readonly #waiting: Waiting[] = [];
  /** Of what is held of a sample until its turn comes. */
  readonly #sampleBytes: number;
  #done = 0;
  #parts: readonly LanePart[] = [];

  constructor(
    { graph, judged }: CalibrationTask,
    private readonly lanes: readonly CalibrationLane[],
    private readonly options: CalibrateOptions,
  ) {
    this.#graph = graph;
    this.#sampleBytes = bytesOf(graph, [...graph.inputs, ...graph.outputs, ...judged]);
  }

  /** Throws QUANT_NOT_FINITE, of this sample or one before. */
  async take(inputs: readonly TensorData[], block: number): Promise<void> {
    const fold = foldOf(block);
    const seen = this.lanes[fold % this.lanes.length]!.add(inputs, fold);
    // What fails is thrown where its turn comes.
    seen.catch(() => undefined);
    this.#waiting.push({ inputs, block, seen });
    const most = this.lanes.length === 1 ? 0 : Math.floor(greatestWaitingBytes / this.#sampleBytes);
    while (this.#waiting.length > most) await this.#takeFirst();
  }

  async settle(): Promise<void> {
    while (this.#waiting.length > 0) await this.#takeFirst();
  }

  async end(): Promise<void> {
    this.#parts = await Promise.all(this.lanes.map((lane) => lane.end()));
    this.options.constancy?.conclude(Sameness.of(this.#parts.flatMap(({ sameness }) => sameness ?? [])));
  }

  get result(): CrossCalibration {
    return joinCollected(this.#parts.map(({ collected }) => collected));
  }

  async #takeFirst(): Promise<void> {
    const { inputs, block, seen } = this.#waiting.shift()!;
    const { outputs, expected, ends, notFinite } = await seen;
    if (notFinite !== undefined) refuseNotFinite(this.#graph, notFinite, this.#done);
    this.#done += 1;
    const { constancy, parts, reservoir, progress } = this.options;
    constancy?.seeInputs(inputs);
    parts?.add(ends, { block, outputs });
    this.options.outputs?.(outputs);
    reservoir?.offer({ inputs, expected, block });
    progress?.(this.#done);
  }
}

/** Of real numbers. */
function bytesOf(graph: Graph, ids: readonly TensorId[]): number {
  return ids.reduce((sum, id) => sum + 4 * elementCount(tensorAt(graph, id).shape), 0);
}

function refuseNotFinite(graph: Graph, id: TensorId, sample: number): never {
  const writer = graph.nodes.find((node) => node.outputs.includes(id));
  throw new WherryError(quantizerDiagnostics.QUANT_NOT_FINITE, {
    what: `sample ${sample} makes ${writer === undefined ? 'the input' : writer.kind} NaN or infinite`,
    where: writer?.origin ?? `input ${tensorAt(graph, id).name}`,
    next: 'check that sample and its preprocessing, then the weights of this layer',
  });
}
