// A candidate maker: weights that are rounded together, and scales that cut off the largest, on top of everything else.
import { integerRange } from '@wherry/graph';
import { foldOf, folds, type Fold } from '../calibrate/blocks.js';
import { schemes } from '../plan/schemes/index.js';
import { reconstructionSeconds } from '../reconstruct/cost.js';
import { reconstruct, type ReconstructOptions, type Reconstruction } from '../reconstruct/reconstruct.js';
import type { Demand } from './evidence.js';
import type { FoundWeights, Settings } from './settings.js';
import type { Choice } from './try-all.js';

/** What it takes to find weights. */
export type Unjudged = Pick<Choice, 'forms' | 'engine' | 'samples' | 'options'>;

type Way = Pick<ReconstructOptions, 'optimized' | 'clip'>;
type How = Way & Pick<ReconstructOptions, 'tellsCut'>;

/** What the options leave open, or ask for: the most first. Nothing where weights are to be rounded to the nearest. */
export function waysToFind({ rounding = 'nearest', clipWeights = false }: Choice['options']): readonly Way[] {
  const optimized = rounding === 'auto' ? [true, false] : [rounding === 'optimized'];
  const clip = clipWeights === 'auto' ? [true, false] : [clipWeights];
  return optimized
    .flatMap((each) => clip.map((own) => ({ optimized: each, clip: own })))
    .filter((how) => how.optimized || how.clip);
}

/** Weights are to be found whatever the samples say of them. */
export function isForced({ rounding = 'nearest', clipWeights = false }: Choice['options']): boolean {
  return rounding === 'optimized' || clipWeights === true;
}

/** Tries the ways until one stays; what is cut off is told from what passes where that can be afforded. */
export async function tryFoundWeights(choice: Choice, demand: Demand): Promise<void> {
  const { contest } = choice;
  for (const way of waysToFind(choice.options)) {
    const tellsCut = secondsOf(choice, true) <= contest.budget.left;
    if (!contest.budget.affords(secondsOf(choice, tellsCut))) return;
    const settings = await withFound(choice, contest.champion.settings, { ...way, tellsCut });
    if (await contest.challenge(settings, demand)) return;
  }
}

/** Takes the champion's place. What is asked for is found whatever it costs. */
export async function forceFoundWeights(choice: Choice): Promise<void> {
  const { contest, options } = choice;
  const [way] = waysToFind(options);
  contest.budget.spend(secondsOf(choice, true));
  await contest.begin(await withFound(choice, contest.champion.settings, { ...way!, tellsCut: true }));
}

/** Where there are too few samples to judge by, what is asked for is found out of those there are. */
export async function withForced(choice: Unjudged, settings: Settings): Promise<Settings> {
  if (!isForced(choice.options)) return settings;
  const [way] = waysToFind(choice.options);
  const how = { ...way!, tellsCut: true };
  const whole = await findWeights(choice, settings, how);
  return { ...settings, weights: { ...how, forFold: { 0: whole, 1: whole }, whole } };
}

/** As they are to stay: with weights that are found out of all samples. */
export async function completed(choice: Choice, settings: Settings): Promise<Settings> {
  const { weights } = settings;
  if (weights === undefined || weights.whole !== undefined) return settings;
  return { ...settings, weights: { ...weights, whole: await findWeights(choice, settings, weights) } };
}

/** `settings` with weights found for either half. */
async function withFound(choice: Choice, settings: Settings, how: How): Promise<Settings> {
  const { weights: _, ...plain } = settings;
  const forFold = { 0: await findWeights(choice, plain, how, 0), 1: await findWeights(choice, plain, how, 1) };
  return { ...plain, weights: { ...how, forFold } satisfies FoundWeights };
}

/** `fold`: for its samples, out of those of the other; else out of all. */
export function findWeights(
  { forms, engine, samples, options }: Unjudged,
  settings: Settings,
  { optimized, clip, tellsCut }: How,
  fold?: Fold,
): Promise<Reconstruction> {
  const { graph, make } = forms.starting(settings, fold);
  const own = samples.filter(({ block }) => fold === undefined || foldOf(block) !== fold);
  return reconstruct(
    graph,
    engine,
    own.map(({ inputs }) => inputs),
    make,
    { optimized, clip, tellsCut, correctBias: options.correctBias !== false },
  );
}

/** For both halves, and for all samples if they stay. */
function secondsOf({ graph, samples, contest, options }: Choice, tellsCut: boolean): number {
  const runs = contest.budget.costOf(0, 2 * samples.length);
  const { weights } = schemes[options.scheme];
  const greatest = weights.kind === 'affine' ? integerRange(weights.dtype)[1] : Infinity;
  return 2 * runs + (folds.length + 1) * reconstructionSeconds(graph, samples.length, greatest, tellsCut);
}
