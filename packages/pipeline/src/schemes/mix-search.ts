// Two schemes in one model: as few layers as will do are raised for accuracy, or lowered so that the model fits.
import { graphCost, type Graph } from '@wherry/graph';
import {
  byGain,
  leastRaised,
  mixedUnits,
  Mixing,
  sensitivities,
  type MixedUnit,
  type SchemeName,
} from '@wherry/quantizer';
import { accuracyGate } from '../accuracy/accuracy-gate.js';
import { measureAccuracy } from '../accuracy/measure-accuracy.js';
import type { Made, Mix, MixPoint, Selection } from '../deployment.js';
import { fits } from '../fit.js';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared, PreparedData } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import { sizeOf, tryMade, type AskedOpen, type TriedScheme } from './try-made.js';

/** Samples that a mixture is probed with on the way; the last word has the measurement of the run. */
const probed = 100;
/** Multiply-accumulates of looking for what is sensitive, in all: the plain kernels of 16 bits do about so many in half a minute. */
const greatestWork = 1e10;
const judgedSamples = 16;

export interface MixRequest {
  /** The more and the less precise scheme; what was asked for first has its limits in `asked`. */
  readonly high: SchemeName;
  readonly low: SchemeName;
  /** `accuracy`: raise from `low` until the limits hold; `memory`: lower from `high` until it fits. */
  readonly until: 'accuracy' | 'memory';
  /** How the ranges of the low scheme were chosen. */
  readonly selection: Selection;
}

/** Undefined where nothing was found, or the model is too large to look. `asked`: for the low scheme. */
export async function searchMixture(
  engine: RunEngine,
  asked: AskedOpen,
  prepared: Prepared,
  request: MixRequest,
  progress: ProgressSink,
): Promise<TriedScheme | undefined> {
  const { data, optimized } = prepared;
  const units = mixedUnits(optimized);
  if (data === undefined || units.length < 2 || workOf(optimized, units.length) > greatestWork) return undefined;
  progress.begin('mix precision', units.length);
  const search = new MixSearch(engine, asked, prepared, data, request, units);
  // Where the scheme to go to does not hold itself, no share of it will.
  const hope = await search.holdsAtMost();
  const order = hope ? await search.order((done) => progress.advance(done)) : units;
  let raised = hope ? await search.find(order, (text) => progress.note(text)) : undefined;
  progress.end();
  // All of them raised, or none, is a scheme of its own.
  for (let again = 0; raised !== undefined && isMixed(raised, units) && again < 2; again++) {
    const tried = await tryMade(engine, asked, prepared, search.made(raised), progress);
    if (tried.refusal === undefined) return tried;
    // What held on the samples that it was looked for with does not hold on the others: half as much again.
    raised = order.slice(0, Math.min(units.length, Math.ceil(raised.length * 1.5)));
  }
  return undefined;
}

function isMixed(raised: readonly MixedUnit[], units: readonly MixedUnit[]): boolean {
  return raised.length > 0 && raised.length < units.length;
}

function workOf(graph: Graph, units: number): number {
  const { macs, elementOps } = graphCost(graph).total;
  return (macs + elementOps) * judgedSamples * (units + 1);
}

/** Lives as long as one mixture is being looked for. */
class MixSearch {
  readonly #mixing: Mixing;
  readonly #probed = new Map<string, MixPoint>();

  constructor(
    private readonly engine: RunEngine,
    private readonly asked: AskedOpen,
    private readonly prepared: Prepared,
    private readonly data: PreparedData,
    private readonly request: MixRequest,
    private readonly units: readonly MixedUnit[],
  ) {
    const { settings, variety } = request.selection;
    const options = { ...asked.options, scheme: request.low };
    this.#mixing = new Mixing(prepared.optimized, data.calibration, options, request.high, { settings, variety });
  }

  /** With all that can be done: everything raised for accuracy, everything lowered for memory. */
  async holdsAtMost(): Promise<boolean> {
    return this.#holds(this.request.until === 'accuracy' ? this.units : []);
  }

  /** What gains most for its work first. */
  async order(onTrial: (done: number) => void): Promise<readonly MixedUnit[]> {
    let done = 0;
    const { samples } = this.data.reservoir;
    return byGain(await sensitivities(this.#mixing, this.units, this.engine, samples, () => onTrial(++done)));
  }

  /** Undefined where no mixture holds. */
  find(order: readonly MixedUnit[], note: (text: string) => void): Promise<readonly MixedUnit[] | undefined> {
    const holds = (raised: readonly MixedUnit[]): Promise<boolean> => {
      note(`try ${raised.length} of ${this.units.length} layers in ${this.request.high}`);
      return this.#holds(raised);
    };
    if (this.request.until === 'accuracy') return leastRaised(order, holds);
    const but = (lowered: readonly MixedUnit[]) => this.units.filter((unit) => !lowered.includes(unit));
    return leastRaised([...order].reverse(), (lowered) => holds(but(lowered))).then(
      (lowered) => lowered && but(lowered),
    );
  }

  /** Each set of layers is probed once. */
  async #holds(raised: readonly MixedUnit[]): Promise<boolean> {
    const key = raised
      .map(({ nodes }) => nodes[0])
      .sort()
      .join();
    const point = this.#probed.get(key) ?? (await this.#probe(raised));
    this.#probed.set(key, point);
    // Whether what is accurate enough also fits is seen in the end: with more raised it only takes more.
    return this.request.until === 'accuracy' ? point.accurate : point.fits;
  }

  made(raised: readonly MixedUnit[]): Made {
    const { low, high, selection } = this.request;
    const curve = [...this.#probed.values()].sort((a, b) => a.layers - b.layers);
    const mix: Mix = { low, high, raised: raised.map(({ layer }) => layer), of: this.units.length, curve };
    return { ...this.#mixing.with(raised), selection, mix };
  }

  async #probe(raised: readonly MixedUnit[]): Promise<MixPoint> {
    const { asked, engine, prepared, data } = this;
    const { sized } = this.#sized(raised);
    const total = this.units.reduce((sum, { work }) => sum + work, 0);
    const share = raised.reduce((sum, { work }) => sum + work, 0) / Math.max(1, total);
    const known = { layers: raised.length, workShare: share, arenaBytes: sized.fit.ram.used };
    const isFitting = fits(sized.fit);
    if (this.request.until === 'memory')
      return { ...known, sqnrDb: null, agreement: null, accurate: false, fits: isFitting };
    const accuracy = await measureAccuracy(prepared.optimized, sized.quantized.graph, engine, this.#samples(), {
      tasks: data.calibrationData.tasks.tasks,
    });
    const { refusal } = accuracyGate(asked.target, asked.place, accuracy);
    const decided = accuracy[0]?.top1 ?? accuracy[0]?.threshold;
    return {
      ...known,
      sqnrDb: Number.isFinite(accuracy[0]!.sqnrDb) ? accuracy[0]!.sqnrDb : null,
      agreement: decided === undefined || decided.decisions === 0 ? null : decided.agree / decided.decisions,
      accurate: refusal === undefined,
      fits: isFitting,
    };
  }

  #sized(raised: readonly MixedUnit[]): ReturnType<typeof sizeOf> {
    return sizeOf(this.engine, this.asked, this.prepared, this.made(raised));
  }

  async *#samples() {
    let taken = 0;
    for await (const sample of this.data.calibrationData.dataset.samples()) {
      yield sample;
      if (++taken >= probed) return;
    }
  }
}
