// Tries ways to quantize and keeps what is shown to bring the outputs closest to the float model's, on samples held out.
import type { Engine, Graph } from '@wherry/graph';
import type { CrossCalibration } from '../calibrate/calibrate.js';
import { rangeMethods, type RangeMethod } from '../calibrate/range.js';
import { Contest } from './contest.js';
import { correctOutputs } from './correct-outputs.js';
import { Forms, type FormOptions, type Quantized } from './forms.js';
import type { Demand } from './evidence.js';
import { HeldOutJudge } from './held-out-judge.js';
import { isSmall, lastLook } from './last-look.js';
import { refineRanges } from './refine-ranges.js';
import type { JudgedSample } from './sample-reservoir.js';
import { candidateOf, type Candidate, type Settings } from './settings.js';
import { varietyOf } from './variety.js';

/** With even channels a tensor between layers holds other values than the float graph's: only outputs are to be compared. */
export interface Selected extends Quantized {
  /** The last that was kept. */
  readonly chosen: Candidate;
  /** Everything that was tried, in the order of trial. */
  readonly candidates: readonly Candidate[];
  /** Pairs of layers between which channels were evened out. */
  readonly equalizedPairs: number;
  /** How many-sided the samples are, 0 to 1, see `varietyOf`. */
  readonly variety: number;
}

export interface SelectOptions extends FormOptions {
  /** `auto` tries `rangeMethods`, and then more for single tensors. */
  readonly method: RangeMethod | 'auto';
  /** `auto` tries with and without, and corrects the last layers by what is measured. */
  readonly correctBias: boolean | 'auto';
  /** `auto` tries with even channels and without. */
  readonly equalize: boolean | 'auto';
}

/** Standard errors to show: of ranges and biases by a formula, of channels evened out, and of what is fitted to the samples. */
const certaintyOf = { formula: 0.5, evened: 1, fitted: 1.5 };

/** dB that one-sided samples must show more of: what they never were is most of what the device will see. */
const oneSidedMargin = 3;
/** Ranges and biases by a formula have little that fits one class alone: of them a part of that is asked. */
const formulaShare = 6;

/** `samples` are what to judge by. Where there are too few of them to tell, the plainest settings stay. */
export async function select(
  graph: Graph,
  calibration: CrossCalibration,
  engine: Engine,
  samples: readonly JudgedSample[],
  options: SelectOptions,
): Promise<Selected> {
  const variety = varietyOf(graph, samples);
  const forms = new Forms(graph, calibration, options, { variety, evens: options.equalize !== false });
  const plainest = startOf(options, forms);
  const open =
    options.method === 'auto' || options.correctBias === 'auto' || (options.equalize === 'auto' && forms.canEven);
  if (!open || calibration.folds === undefined || samples.length === 0) {
    const chosen = candidateOf(plainest, { sqnrDb: undefined, samples: 0, gain: undefined, kept: true });
    return outcome(forms, plainest, { chosen, candidates: [chosen], variety });
  }
  const judge = new HeldOutJudge(graph, engine, samples);
  const margin = oneSidedMargin * (1 - variety);
  const contest = new Contest(judge, (settings) => forms.forFold(settings));
  await contest.begin(plainest);
  await tryAll(contest, forms, { graph, calibration, options, margin });
  const others = isSmall(graph, samples) && variety === 1 ? contest.close : [];
  const last = await lastLook({ judge, forms }, contest.champion.settings, { plainest, others });
  const { settings, candidate } =
    options.correctBias === 'auto'
      ? await correctOutputs(judge, forms, last, { margin, certainty: certaintyOf.fitted })
      : { settings: last.settings, candidate: undefined };
  const chosen = candidateOf(settings, { ...contest.resultOf(last.settings), kept: true });
  const candidates = [...contest.candidates, ...(candidate === undefined ? [] : [candidate])];
  return outcome(forms, settings, { chosen, candidates, variety });
}

/** From what changes most to what changes least, so that the later is tried on top of what stays. */
async function tryAll(
  contest: Contest,
  forms: Forms,
  {
    graph,
    calibration,
    options,
    margin,
  }: {
    readonly graph: Graph;
    readonly calibration: CrossCalibration;
    readonly options: SelectOptions;
    readonly margin: number;
  },
): Promise<void> {
  const formula = { margin: margin / formulaShare, certainty: certaintyOf.formula };
  const fitted = { margin, certainty: certaintyOf.fitted };
  const change = (settings: Partial<Settings>, demand: Demand): Promise<boolean> =>
    contest.challenge({ ...contest.champion.settings, ...settings }, demand);
  const isOpen = options.method === 'auto';
  for (const method of isOpen ? rangeMethods : [])
    if (method !== contest.champion.settings.method) await change({ method }, formula);
  if (options.correctBias === 'auto') await change({ correctBias: true }, formula);
  if (options.equalize === 'auto' && forms.canEven) {
    const evened = await change({ equalized: true }, { margin, certainty: certaintyOf.evened });
    // With even channels little is left to clip.
    const [plainest] = rangeMethods;
    if (evened && isOpen && contest.champion.settings.method !== plainest) await change({ method: plainest }, formula);
  }
  if (isOpen) await refineRanges(contest, { graph, calibration, percentile: options.percentile }, fitted);
}

/** The plainest of what the options leave open. */
function startOf({ method, correctBias, equalize }: SelectOptions, { canEven }: Forms): Settings {
  return {
    method: method === 'auto' ? rangeMethods[0] : method,
    correctBias: correctBias === true,
    equalized: equalize === true && canEven,
    overrides: new Map(),
    outputErrors: undefined,
  };
}

function outcome(
  forms: Forms,
  settings: Settings,
  trial: Pick<Selected, 'chosen' | 'candidates' | 'variety'>,
): Selected {
  return { ...forms.whole(settings), ...trial, equalizedPairs: settings.equalized ? forms.equalizedPairs : 0 };
}
