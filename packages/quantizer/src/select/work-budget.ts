// What choosing may cost: in seconds of work on a usual machine, counted and not measured, so that every machine chooses alike.
import { graphCost, type Graph } from '@wherry/graph';

export const defaultBudgetSeconds = 20;

/** Round figures for a second of one slow core: the int8 kernels were measured at one and a half to three times that. */
const macsPerSecond = 1e10;
const elementOpsPerSecond = 1e9;
/** Weights that are quantized, and packed for the kernels. */
const weightsPerSecond = 2e7;

/** Share of the budget that may go into one measurement of a candidate: a handful are to be tried. */
const shareOfOne = 1 / 30;

/** Seconds to run one sample. */
function secondsOfRun(graph: Graph): number {
  const { macs, elementOps } = graphCost(graph).total;
  return macs / macsPerSecond + elementOps / elementOpsPerSecond;
}

/** Samples that one measurement may take. */
export function affordableSamples(graph: Graph, budgetSeconds: number): number {
  return Math.floor((budgetSeconds * shareOfOne) / secondsOfRun(graph));
}

/** Lives as long as one choice is being made. */
export class WorkBudget {
  readonly #perSample: number;
  readonly #perForm: number;
  #spent = 0;
  #leftOut = 0;

  constructor(
    graph: Graph,
    readonly seconds: number,
  ) {
    this.#perSample = secondsOfRun(graph);
    const weights = graph.tensors.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
    // One from each half of the samples.
    this.#perForm = (2 * weights) / weightsPerSecond;
  }

  get spent(): number {
    return this.#spent;
  }

  get left(): number {
    return this.seconds - this.#spent;
  }

  /** What was worth trying and had to be left out. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Seconds to quantize `forms` times and to run `samples` in all, on the share `part` of the graph. */
  costOf(forms: number, samples: number, part = 1): number {
    return forms * this.#perForm + samples * part * this.#perSample;
  }

  spend(seconds: number): void {
    this.#spent += seconds;
  }

  /** Spends that much if it is left. */
  affords(seconds: number): boolean {
    const left = this.#spent + seconds <= this.seconds;
    if (left) this.#spent += seconds;
    else this.#leftOut += 1;
    return left;
  }
}
