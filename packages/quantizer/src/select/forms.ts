// The quantized forms of one graph: for any settings, made from all samples or from one half of them.
import type { Graph, TensorId } from '@wherry/graph';
import { apply, type Applied } from '../apply/apply.js';
import { folds, type Fold } from '../calibrate/blocks.js';
import type { Calibration, CrossCalibration } from '../calibrate/calibrate.js';
import { activationGrid, gridOf, type NumberGrid } from '../calibrate/number-grid.js';
import { channelPairs } from '../equalize/channel-pairs.js';
import { byteGrids, type PairGrids } from '../equalize/channel-scales.js';
import { equalize, type Equalized } from '../equalize/equalize.js';
import { Memory } from '../memory.js';
import { chooseRanges } from '../plan/choose-ranges.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { SchemeChoice } from '../plan/assign-schemes.js';
import { schemes } from '../plan/schemes/index.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';
import type { ForFold } from './held-out-judge.js';
import type { Make, Reconstruction } from '../reconstruct/reconstruct.js';
import type { Settings } from './settings.js';

export interface Quantized extends Applied {
  readonly plan: QuantizationPlan;
  /** The float graph that was quantized: with even channels where they were evened out. */
  readonly float: Graph;
}

export interface FormOptions extends Omit<PlanOptions, 'memory'> {
  readonly percentile: number;
}

/** What weights are found for: a float graph, and what becomes of it with them. */
export interface Starting {
  readonly graph: Graph;
  readonly make: Make;
}

/** The same samples, as they are and with channels evened out, which takes time and is not always asked for. */
class Source {
  #even: Equalized | undefined | null = null;

  constructor(
    private readonly graph: Graph,
    readonly plain: Calibration,
    private readonly variety: number,
    private readonly grids: PairGrids,
  ) {}

  /** Undefined where nothing can be evened out. */
  get even(): Equalized | undefined {
    if (this.#even === null)
      this.#even = equalize(this.graph, this.plain, this.plain.samples * this.variety, this.grids);
    return this.#even;
  }
}

/** Lives as long as one choice is being made. */
export class Forms {
  readonly #memory = new Memory();
  /** Of the scheme's activations: what it leaves to another scheme is rounded more coarsely than that. */
  readonly #grid: NumberGrid;
  readonly #whole: Source;
  /** By fold. */
  readonly #parts: readonly Source[];

  /** `variety`: how many-sided the samples are, see `varietyOf`. */
  constructor(
    private readonly graph: Graph,
    calibration: CrossCalibration,
    private readonly options: FormOptions,
    private readonly variety: number,
  ) {
    const { activations, weights } = schemes[options.scheme];
    this.#grid = activationGrid(activations);
    const grids = { activations: this.#grid, weights: weights.kind === 'affine' ? gridOf(weights) : byteGrids.weights };
    const source = (plain: Calibration): Source => new Source(graph, plain, variety, grids);
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
    return this.#quantize(this.#whole, settings, { weights: settings.weights?.whole, nodes });
  }

  /** For the samples of either fold, made from those of the other. */
  forFold(settings: Settings): ForFold {
    const made = folds.map((fold) =>
      this.#quantize(this.#partFor(fold), settings, { weights: settings.weights?.forFold[fold] }),
    );
    return (fold) => made[fold]!;
  }

  /** `fold`: for the samples of that fold; all samples without it. */
  starting(settings: Settings, fold?: Fold): Starting {
    const source = fold === undefined ? this.#whole : this.#partFor(fold);
    const { graph } = this.#started(source, settings);
    return { graph, make: (weights) => this.#quantize(source, settings, { weights }) };
  }

  /** What the other half of the samples says. */
  #partFor(fold: Fold): Source {
    return this.#parts[1 - fold]!;
  }

  #started(source: Source, { equalized }: Settings): { readonly graph: Graph; readonly calibration: Calibration } {
    return (equalized ? source.even : undefined) ?? { graph: this.graph, calibration: source.plain };
  }

  #quantize(
    source: Source,
    settings: Settings,
    {
      weights,
      nodes = this.options.nodes,
    }: { readonly weights?: Reconstruction | undefined; readonly nodes?: SchemeChoice['nodes'] | undefined },
  ): Quantized {
    const { method, correctBias, overrides, outputErrors } = settings;
    const { graph, calibration } = this.#started(source, settings);
    const memory = this.#memory;
    const evidence = calibration.samples * this.variety;
    const choice = { method, percentile: this.options.percentile, overrides, evidence, grid: this.#grid };
    const ranges = chooseRanges(graph, calibration, choice, memory);
    const decided = plan(graph, ranges, {
      ...this.options,
      memory,
      ...(nodes === undefined ? {} : { nodes }),
      ...(weights === undefined ? {} : { magnitudes: weights.magnitudes }),
    });
    const corrections = {
      memory,
      ...(correctBias ? { correctBias: calibration } : {}),
      ...(weights === undefined ? {} : { integers: weights.integers }),
      outputErrors: [outputErrors, weights?.errors].reduce(summed),
    };
    return { ...apply(graph, decided, corrections), plan: decided, float: graph };
  }
}

type Errors = ReadonlyMap<TensorId, Float64Array> | undefined;

function summed(a: Errors, b: Errors): Errors {
  if (a === undefined || b === undefined) return a ?? b;
  const sums = new Map(a);
  b.forEach((errors, id) => {
    const known = a.get(id);
    sums.set(id, known === undefined ? errors : errors.map((error, channel) => error + known[channel]!));
  });
  return sums;
}
