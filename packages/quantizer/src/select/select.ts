// Tries ways to quantize and keeps what is shown to bring the outputs closest to the float model's, on samples held out.
import type { DataType, Engine, Graph } from '@wherry/graph';
import type { CrossCalibration } from '../calibrate/calibrate.js';
import type { Collected } from '../calibrate/collection.js';
import type { RangeMethod } from '../calibrate/range-methods.js';
import { triedMethods } from '../calibrate/range.js';
import { schemes } from '../plan/schemes/index.js';
import { Contest, type OnTrial } from './contest.js';
import { waysToFind, withForced } from './find-weights.js';
import { Forms, type FormOptions, type Quantized } from './forms.js';
import { HeldOutJudge } from './held-out-judge.js';
import { lastLook } from './last-look.js';
import type { JudgedSample } from './sample-reservoir.js';
import { candidateOf, type Candidate, type Settings } from './settings.js';
import { tryAll } from './try-all.js';
import { varietyOf } from './variety.js';
import { defaultBudgetSeconds, WorkBudget } from './work-budget.js';

/** With even channels a tensor between layers holds other values than the float graph's: only outputs are to be compared. */
export interface Selected extends Quantized {
  readonly settings: Settings;
  /** The last that was kept. */
  readonly chosen: Candidate;
  /** Everything that was tried, in the order of trial. */
  readonly candidates: readonly Candidate[];
  /** Pairs of layers between which channels were evened out. */
  readonly equalizedPairs: number;
  /** How many-sided the samples are, 0 to 1, see `varietyOf`. */
  readonly variety: number;
  /** In seconds of work on a usual machine; undefined when there was nothing to choose between. */
  readonly budget: { readonly seconds: number; readonly spent: number; readonly leftOut: number } | undefined;
}

export interface SelectOptions extends FormOptions {
  /** `auto` tries `triedMethods`, and then more for single tensors. */
  readonly method: RangeMethod | 'auto';
  /** `auto` tries with and without, and corrects the last layers by what is measured. */
  readonly correctBias: boolean | 'auto';
  /** `auto` tries with even channels and without. */
  readonly equalize: boolean | 'auto';
  /** `auto` tries weights that are rounded together; to the nearest, where it is left out. */
  readonly rounding?: 'nearest' | 'optimized' | 'auto';
  /** `auto` tries scales that cut off the largest weights; none does, where it is left out. */
  readonly clipWeights?: boolean | 'auto';
  /** Seconds of work on a usual machine that choosing may take; see `WorkBudget`. */
  readonly budgetSeconds?: number;
}

/** What the options need of a calibration. */
export function collectedFor({ method, equalize }: SelectOptions): Collected {
  const histograms = method !== 'min-max' && method !== 'moving-average';
  return { histograms, channels: equalize !== false, moving: method === 'moving-average' };
}

/** `samples` are what to judge by. Where there are too few of them to tell, the plainest settings stay. */
export async function select(
  graph: Graph,
  calibration: CrossCalibration,
  engine: Engine,
  samples: readonly JudgedSample[],
  options: SelectOptions,
  onTrial?: OnTrial,
): Promise<Selected> {
  const variety = varietyOf(graph, samples);
  const forms = new Forms(graph, calibration, options, variety);
  const plainest = startOf(options, forms);
  const open =
    options.method === 'auto' ||
    options.correctBias === 'auto' ||
    (options.equalize === 'auto' && forms.canEven) ||
    waysToFind(options).length > 0;
  if (!open || calibration.folds === undefined || samples.length === 0) {
    const settings = await withForced({ forms, engine, samples, options }, plainest);
    const chosen = candidateOf(settings, { sqnrDb: undefined, samples: 0, gain: undefined, kept: true });
    return outcome(forms, settings, { chosen, candidates: [chosen], variety, budget: undefined });
  }
  const judge = new HeldOutJudge(graph, engine, samples, computedIn(options));
  const budget = new WorkBudget(graph, options.budgetSeconds ?? defaultBudgetSeconds);
  // The last look, which is taken whatever is left.
  budget.spend(budget.costOf(1, samples.length));
  const contest = new Contest(judge, (settings) => forms.forFold(settings), budget, onTrial);
  const choice = { graph, calibration, options, engine, samples, judge, forms, contest, plainest, variety };
  await contest.begin(plainest);
  await tryAll(choice);
  const { settings, tried, more } = await lastLook(choice, samples.length);
  const chosen = candidateOf(settings, { ...contest.resultOf(tried), kept: true });
  const { seconds, spent, leftOut } = budget;
  return outcome(forms, settings, {
    chosen,
    candidates: [...contest.candidates, ...more],
    variety,
    budget: { seconds, spent, leftOut },
  });
}

function computedIn({ scheme }: SelectOptions): DataType {
  const { activations } = schemes[scheme];
  return activations.kind === 'real' ? 'float32' : activations.dtype;
}

/** The plainest of what the options leave open. */
function startOf({ method, correctBias, equalize }: SelectOptions, forms: Forms): Settings {
  return {
    method: method === 'auto' ? triedMethods[0]! : method,
    correctBias: correctBias === true,
    equalized: equalize === true && forms.equalizedPairs > 0,
    overrides: new Map(),
    outputErrors: undefined,
  };
}

function outcome(
  forms: Forms,
  settings: Settings,
  trial: Pick<Selected, 'chosen' | 'candidates' | 'variety' | 'budget'>,
): Selected {
  return {
    ...forms.whole(settings),
    settings,
    ...trial,
    equalizedPairs: settings.equalized ? forms.equalizedPairs : 0,
  };
}
