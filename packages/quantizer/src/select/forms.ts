// The quantized forms of one graph: for any settings, made from all samples or from one half of them.
import type { Graph } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import { folds } from '../calibrate/blocks.js';
import type { Calibration, CrossCalibration } from '../calibrate/calibrate.js';
import { equalize, type Equalized } from '../equalize/equalize.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import type { ForFold } from './held-out-judge.js';
import type { Settings } from './settings.js';

export interface Quantized extends Applied {
  readonly plan: QuantizationPlan;
}

export interface FormOptions extends Omit<PlanOptions, 'range'> {
  readonly percentile: number;
}

interface Source {
  readonly plain: Calibration;
  /** Undefined where nothing can be evened out. */
  readonly even: Equalized | undefined;
}

/** Lives as long as one choice is being made. */
export class Forms {
  readonly #whole: Source;
  /** By fold. */
  readonly #parts: readonly Source[];

  /** `variety`: how many-sided the samples are, see `varietyOf`; `evens`: whether channels may be evened out. */
  constructor(
    private readonly graph: Graph,
    calibration: CrossCalibration,
    private readonly options: FormOptions,
    { variety, evens }: { readonly variety: number; readonly evens: boolean },
  ) {
    const source = (plain: Calibration): Source => ({
      plain,
      even: evens ? equalize(graph, plain, plain.samples * variety) : undefined,
    });
    this.#whole = source(calibration);
    this.#parts = (calibration.folds ?? []).map(source);
  }

  get canEven(): boolean {
    return this.#whole.even !== undefined;
  }

  get equalizedPairs(): number {
    return this.#whole.even?.pairs ?? 0;
  }

  whole(settings: Settings): Quantized {
    return this.#quantize(this.#whole, settings);
  }

  /** For the samples of either fold, made from those of the other. */
  forFold(settings: Settings): ForFold {
    const made = folds.map((fold) => this.#quantize(this.#parts[1 - fold]!, settings));
    return (fold) => made[fold]!;
  }

  #quantize({ plain, even }: Source, { method, correctBias, equalized, overrides, outputErrors }: Settings): Quantized {
    const { graph, calibration } = (equalized ? even : undefined) ?? { graph: this.graph, calibration: plain };
    const range = { method, percentile: this.options.percentile, overrides };
    const decided = plan(graph, calibration, { ...this.options, range });
    const corrections = {
      ...(correctBias ? { correctBias: calibration } : {}),
      ...(outputErrors === undefined ? {} : { outputErrors }),
    };
    return { ...apply(graph, decided, corrections), plan: decided };
  }
}
