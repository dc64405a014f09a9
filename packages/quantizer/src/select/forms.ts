// The quantized forms of one graph: for any settings, made from all samples or from one half of them.
import type { Graph } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import { folds } from '../calibrate/blocks.js';
import type { Calibration, CrossCalibration } from '../calibrate/calibrate.js';
import { channelPairs } from '../equalize/channel-pairs.js';
import { equalize, type Equalized } from '../equalize/equalize.js';
import { Memory } from '../memory.js';
import { chooseRanges } from '../plan/choose-ranges.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { SchemeChoice } from '../plan/assign-schemes.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import type { ForFold } from './held-out-judge.js';
import type { Settings } from './settings.js';

export interface Quantized extends Applied {
  readonly plan: QuantizationPlan;
}

export interface FormOptions extends Omit<PlanOptions, 'memory'> {
  readonly percentile: number;
}

/** The same samples, as they are and with channels evened out, which takes time and is not always asked for. */
class Source {
  #even: Equalized | undefined | null = null;

  constructor(
    private readonly graph: Graph,
    readonly plain: Calibration,
    private readonly variety: number,
  ) {}

  /** Undefined where nothing can be evened out. */
  get even(): Equalized | undefined {
    if (this.#even === null) this.#even = equalize(this.graph, this.plain, this.plain.samples * this.variety);
    return this.#even;
  }
}

/** Lives as long as one choice is being made. */
export class Forms {
  readonly #memory = new Memory();
  readonly #whole: Source;
  /** By fold. */
  readonly #parts: readonly Source[];

  /** `variety`: how many-sided the samples are, see `varietyOf`. */
  constructor(
    private readonly graph: Graph,
    calibration: CrossCalibration,
    private readonly options: FormOptions,
    variety: number,
  ) {
    const source = (plain: Calibration): Source => new Source(graph, plain, variety);
    this.#whole = source(calibration);
    this.#parts = (calibration.folds ?? []).map(source);
  }

  /** There are layers between which channels could be evened out. */
  get hasPairs(): boolean {
    return channelPairs(this.graph).length > 0;
  }

  /** Both halves have something to even out, so that it can be judged. */
  get canEven(): boolean {
    return this.hasPairs && this.#parts.every(({ even }) => even !== undefined);
  }

  get equalizedPairs(): number {
    return this.#whole.even?.pairs ?? 0;
  }

  /** `nodes`: those with a scheme of their own, beside those of the options. */
  whole(settings: Settings, nodes?: SchemeChoice['nodes']): Quantized {
    return this.#quantize(this.#whole, settings, nodes);
  }

  /** For the samples of either fold, made from those of the other. */
  forFold(settings: Settings): ForFold {
    const made = folds.map((fold) => this.#quantize(this.#parts[1 - fold]!, settings));
    return (fold) => made[fold]!;
  }

  #quantize(
    source: Source,
    { method, correctBias, equalized, overrides, outputErrors }: Settings,
    nodes = this.options.nodes,
  ): Quantized {
    const { graph, calibration } = (equalized ? source.even : undefined) ?? {
      graph: this.graph,
      calibration: source.plain,
    };
    const memory = this.#memory;
    const choice = { method, percentile: this.options.percentile, overrides };
    const ranges = chooseRanges(graph, calibration, choice, memory);
    const decided = plan(graph, ranges, { ...this.options, memory, ...(nodes === undefined ? {} : { nodes }) });
    const corrections = {
      memory,
      ...(correctBias ? { correctBias: calibration } : {}),
      ...(outputErrors === undefined ? {} : { outputErrors }),
    };
    return { ...apply(graph, decided, corrections), plan: decided };
  }
}
