// Probes mixtures of two schemes: which layers to raise, and what each number of them is worth.
import { graphCost } from '@wherry/graph';
import { byGain, leastRaised, Mixing, sensitivities, type MixedUnit, type SchemeName } from '@wherry/quantizer';
import { accuracyGate } from '../accuracy/accuracy-gate.js';
import { measureAccuracy } from '../accuracy/measure-accuracy.js';
import type { Made, Mix, MixPoint, Selection } from '../deployment.js';
import { fits } from '../fit.js';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared, PreparedData } from '../prepare.js';
import { bestThatFits, type Probed } from './best-that-fits.js';
import { sizeOf, type AskedOpen } from './try-made.js';

/** Multiply-accumulates of one probe: the plain kernels of 16 bits do about so many in three seconds. */
const greatestProbe = 1e9;
/** Samples that a share of decisions can be told from at all. */
const leastProbed = 100;

export interface MixRequest {
  /** The more and the less precise scheme; what was asked for first has its limits in `asked`. */
  readonly high: SchemeName;
  readonly low: SchemeName;
  /** `accuracy`: raise from `low` until the limits hold; `memory`: lower from `high` until it fits. */
  readonly until: 'accuracy' | 'memory';
  /** How the ranges of the low scheme were chosen. */
  readonly selection: Selection;
  /** What the low scheme alone comes to on the samples of the run, in dB; null where it makes no noise. */
  readonly aloneDb: number | null;
}

/** Lives as long as one mixture is being looked for. */
export class MixSearch {
  readonly #mixing: Mixing;
  readonly #probed = new Map<string, Probed>();
  /** Calibration samples that a mixture is probed with: the last word has the measurement of the run. */
  readonly #samplesProbed: number;

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
    const { macs, elementOps } = graphCost(prepared.optimized).total;
    this.#samplesProbed = Math.max(leastProbed, Math.floor(greatestProbe / (macs + elementOps)));
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
  async find(order: readonly MixedUnit[], note: (text: string) => void): Promise<readonly MixedUnit[] | undefined> {
    const holds = (raised: readonly MixedUnit[]): Promise<boolean> => {
      note(`try ${raised.length} of ${this.units.length} layers in ${this.request.high}`);
      return this.#holds(raised);
    };
    if (this.request.until === 'accuracy') return leastRaised(order, holds);
    const but = (lowered: readonly MixedUnit[]) => this.units.filter((unit) => !lowered.includes(unit));
    await leastRaised([...order].reverse(), (lowered) => holds(but(lowered)));
    return bestThatFits([...this.#probed.values()]);
  }

  async #holds(raised: readonly MixedUnit[]): Promise<boolean> {
    const point = await this.probe(raised);
    // Whether what is accurate enough also fits is seen in the end: with more raised it only takes more.
    return this.request.until === 'accuracy' ? point.accurate : point.fits;
  }

  made(raised: readonly MixedUnit[]): Made {
    return { ...this.#mixing.with(raised), selection: this.request.selection, mix: this.mix(raised) };
  }

  mix(raised: readonly MixedUnit[]): Mix {
    const { low, high } = this.request;
    const points = [...this.#probed.values()].map(({ point }) => point);
    const curve = points.sort((a, b) => a.layers - b.layers || a.workShare - b.workShare);
    return { low, high, raised: raised.map((unit) => this.#nameOf(unit)), of: this.units.length, curve };
  }

  /** The run's own samples have decided otherwise than those that were probed with. */
  refute(raised: readonly MixedUnit[]): void {
    const key = keyOf(raised);
    const probed = this.#probed.get(key);
    if (probed !== undefined) this.#probed.set(key, { raised, point: { ...probed.point, refuted: true } });
  }

  /** Each set of layers is probed once. */
  async probe(raised: readonly MixedUnit[]): Promise<MixPoint> {
    const key = keyOf(raised);
    const point = this.#probed.get(key)?.point ?? (await this.#measure(raised));
    this.#probed.set(key, { raised, point });
    return point;
  }

  /** The user's layer, with its operator where several that compute have come of it. */
  #nameOf({ layer, nodes }: MixedUnit): string {
    const isOnly = this.units.filter((unit) => unit.layer === layer).length === 1;
    return isOnly ? layer : `${layer} (${this.prepared.optimized.nodes[nodes[0]!]!.kind})`;
  }

  async #measure(raised: readonly MixedUnit[]): Promise<MixPoint> {
    const { asked, engine, prepared, data } = this;
    const { sized } = this.#sized(raised);
    const total = this.units.reduce((sum, { work }) => sum + work, 0);
    const share = raised.reduce((sum, { work }) => sum + work, 0) / Math.max(1, total);
    const known = { layers: raised.length, workShare: share, arenaBytes: sized.fit.ram.used, refuted: false };
    const isFitting = fits(sized.fit);
    // Of what has to fit, and does not, nothing more needs to be known.
    if (this.request.until === 'memory' && !isFitting)
      return { ...known, samples: 0, sqnrDb: null, agreement: null, accurate: false, fits: isFitting };
    const accuracy = await measureAccuracy(prepared.optimized, sized.quantized.graph, engine, this.#samples(), {
      tasks: data.calibrationData.tasks.tasks,
    });
    const { refusal } = accuracyGate(asked.target, asked.place, accuracy);
    const decided = accuracy[0]?.top1 ?? accuracy[0]?.threshold;
    return {
      ...known,
      samples: Math.min(this.#samplesProbed, data.calibrationSeen.report.samples),
      sqnrDb: Number.isFinite(accuracy[0]!.sqnrDb) ? accuracy[0]!.sqnrDb : null,
      agreement: decided === undefined || decided.decisions === 0 ? null : decided.agree / decided.decisions,
      ...(decided?.chance?.agree !== undefined && { agreementChance: decided.chance.agree }),
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
      if (++taken >= this.#samplesProbed) return;
    }
  }
}

function keyOf(raised: readonly MixedUnit[]): string {
  return raised
    .map(({ nodes }) => nodes[0])
    .sort()
    .join();
}
