// The main job from end to end: read `attempt` first; `attemptScheme` is what is done for each scheme.
import type { Diagnostic, WherryError } from '@wherry/graph';
import type { ProfileLibrary } from '@wherry/profiles';
import { collectedFor, needsRanges, type Collected } from '@wherry/quantizer';
import { passedByWarnings } from './accuracy/accuracy-warnings.js';
import type { DeployHost, DeployRequest, Deployment, Verdict } from './deployment.js';
import { finish, isDescribed } from './description/described.js';
import { requireHonoured } from './honoured-settings.js';
import { openEngine, type RunEngine } from './lanes/run-engine.js';
import { prepare } from './prepare.js';
import type { ProgressSink } from './progress.js';
import { readModel } from './read-model.js';
import { misfitForeseen, refuse, refuseForeseen, type Asked } from './refuse.js';
import { attemptAsItIs } from './schemes/attempt-as-it-is.js';
import { lowerSome, nothingFound, raiseSome } from './schemes/attempt-mixture.js';
import { attemptScheme } from './schemes/attempt-scheme.js';
import {
  considerSchemes,
  isLegal,
  isOpen,
  type ConsideredScheme,
  type LegalScheme,
} from './schemes/consider-schemes.js';
import { otherRuntimes } from './remedies/other-runtimes.js';
import { exportableLibrary, requireExportable } from './require-exportable.js';
import { requireUsed } from './schemes/given-choices.js';
import { requireData } from './schemes/require-data.js';
import { trialOf, type SchemeTrial } from './schemes/scheme-trial.js';
import type { TriedScheme } from './schemes/try-made.js';
import { explainLoss } from './attribution/explain-loss.js';
import { wantedSchemes } from './schemes/wanted-schemes.js';
import { askedTraining, requireCheckpointPlaces, requireEvaluation } from './training/asked-training.js';
import type { AskedTraining } from './training/training-request.js';
import { libraryOfRequest, requireMemoryTarget, targetOfRequest } from './target-rules.js';

/** As `attempt`, for callers that want the files or nothing: what does not fit or loses too much accuracy is thrown as well. */
export async function deploy(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Deployment> {
  const { deployment, refused } = await attempt(request, library, host, progress);
  if (refused !== undefined) throw refused.refusal;
  return deployment;
}

/**
 * Nothing is written here: `files` of the deployment is the output set. Throws WherryError for whatever the model, the data
 * or the target does not allow; what does not fit the device or loses too much accuracy there is a verdict with a report.
 */
export async function attempt(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Verdict> {
  try {
    return await attemptWith(request, library, host, progress);
  } finally {
    await host.rest?.();
  }
}

async function attemptWith(
  request: DeployRequest,
  library: ProfileLibrary,
  host: DeployHost,
  progress: ProgressSink,
): Promise<Verdict> {
  const target = targetOfRequest(library, request);
  requireHonoured(target);
  requireExportable(request, target);
  requireEvaluation(request);
  const wanted = wantedSchemes(request, target);
  const memoryTarget = requireMemoryTarget(target);
  const model = await readModel(request, host, isDescribed({ target }));
  const others = exportableLibrary(libraryOfRequest(library, request), request);
  const runtimes = otherRuntimes(library, request);
  const asked = { request, library: others, runtimes, target, memoryTarget, toolVersion: host.toolVersion, ...model };
  if (model.isQuantized) return attemptAsItIs(asked, host, progress);
  const considered = considerSchemes(asked, wanted);
  if (!considered.some(isOpen)) return refuseAll(asked, considered);
  requireUsed(request, model.optimized, considered.filter(isOpen));
  requireData(request, considered.filter(isOpen));
  const training = askedTraining(asked, host, considered.filter(isOpen).length > 1);
  await requireCheckpointPlaces(
    training,
    considered.filter(isOpen).map(({ place }) => place.scheme),
  );
  const engine = await openEngine(host, model.optimized, request);
  try {
    return await attemptInOrder(engine, asked, considered, progress, training, host);
  } finally {
    await engine.rest();
  }
}

/** By the first that would have fitted if it were smaller, else by the first that would have changed anything. */
function refuseAll(asked: Asked, considered: readonly ConsideredScheme[]): Verdict {
  const trials = considered.map((each) => closedTrial(asked, each));
  const misfit = considered.find(({ foreseen }) => foreseen !== undefined);
  if (misfit?.foreseen === undefined) {
    const refusals = considered.map(({ refusal }) => refusal!);
    throw refusals.find(({ definition }) => definition.code !== 'QUANT_SCHEME_WITHOUT_EFFECT') ?? refusals[0]!;
  }
  const { place, options, foreseen } = misfit;
  const refusal = misfitForeseen({ ...asked, place, options }, foreseen);
  return refuseForeseen({ ...asked, place, options }, foreseen, refusal, trials);
}

function closedTrial(asked: Asked, { place, options, foreseen, refusal }: ConsideredScheme): SchemeTrial {
  if (foreseen === undefined) return trialOf(place.scheme, 'illegal', { refusal });
  const why = misfitForeseen({ ...asked, place, options }, foreseen);
  return trialOf(place.scheme, 'does not fit', { refusal: why, fit: foreseen.least });
}

type ChosenScheme = Extract<TriedScheme, { readonly refusal?: undefined }>;
type RefusedScheme = Extract<TriedScheme, { readonly refusal: WherryError }>;

/** The part for which the model has to run: the first scheme that breaks no limit is taken. */
async function attemptInOrder(
  engine: RunEngine,
  asked: Asked,
  considered: readonly ConsideredScheme[],
  progress: ProgressSink,
  training: AskedTraining | undefined,
  { explains = false, keepEvidence = false }: Pick<DeployHost, 'explains' | 'keepEvidence'>,
): Promise<Verdict> {
  const plainly = await prepare(asked.request, asked, engine, collectedForAll(considered), progress);
  const prepared = { ...plainly, keepsEvidence: keepEvidence, ...(training && { training }) };
  const trials: SchemeTrial[] = [];
  let first: RefusedScheme | undefined;
  let tooLarge: LegalScheme | undefined;
  for (const [position, one] of considered.entries()) {
    if (!isOpen(one)) {
      trials.push(closedTrial(asked, one));
      if (isLegal(one)) tooLarge = one;
      continue;
    }
    const whole = { tried: await attemptScheme(engine, { ...asked, ...one }, prepared, progress), one };
    if (whole.tried.refusal !== undefined) first ??= whole.tried;
    // More precision would hide that these samples say nothing of what it is needed for.
    const off = whole.tried.refusal !== undefined && whole.tried.measured?.isOfOtherScale ? whole.tried : undefined;
    const later = considered.slice(position + 1).filter(isLegal);
    const looked =
      training !== undefined || off !== undefined
        ? nothingFound
        : whole.tried.refusal === undefined
          ? await lowerSome(engine, asked, prepared, whole, tooLarge, progress)
          : await raiseSome(engine, asked, prepared, whole, later, progress);
    const taken = looked.found ?? (whole.tried.refusal === undefined ? whole.tried : undefined);
    trials.push(passedBy(whole.tried, taken), ...looked.trials, ...(looked.found ? [looked.found.trial] : []));
    if (taken !== undefined) {
      const rest = considered.slice(position + 1).map(({ place }) => trialOf(place.scheme, 'not tried'));
      const warnings = [...taken.run.warnings, ...lossesBefore(first, taken)];
      const attribution = await explainLoss(engine, taken, taken.run, prepared, { explains, progress });
      const run = { ...taken.run, warnings, attribution, schemes: [...trials, ...rest] };
      return { deployment: finish(run, asked.description) };
    }
    if (off !== undefined) {
      // Whatever was too large before: with other data this one may do.
      first = off;
      break;
    }
    if (whole.tried.trial.verdict === 'does not fit') tooLarge = one;
  }
  const { sized, refusal, measured } = first!;
  if (measured === undefined) return refuse(sized, refusal, trials);
  const attribution = await explainLoss(engine, first!, { ...sized, ...measured }, prepared, { explains, progress });
  return refuse(sized, refusal, trials, { ...measured, attribution });
}

/** Of the first scheme that was refused, where something in the model's reach was the cause. */
function lossesBefore(first: RefusedScheme | undefined, { run }: Pick<ChosenScheme, 'run'>): readonly Diagnostic[] {
  const cause = first?.measured?.cause;
  return cause === undefined ? [] : passedByWarnings(first!.trial.scheme, cause, run.warnings);
}

/** What would have done, and gave way to a mixture of more precision, is not what was chosen. */
function passedBy({ trial }: TriedScheme, taken: TriedScheme | undefined): SchemeTrial {
  return trial.verdict === 'chosen' && trial !== taken?.trial ? { ...trial, verdict: 'passed by' } : trial;
}

/** Undefined where no scheme that may come to be tried needs ranges. */
function collectedForAll(considered: readonly ConsideredScheme[]): Collected | undefined {
  const needed = considered
    .filter((one) => isOpen(one) && needsRanges(one.options))
    .map(({ options }) => collectedFor(options));
  return needed.length === 0
    ? undefined
    : {
        histograms: needed.some(({ histograms }) => histograms),
        channels: needed.some(({ channels }) => channels),
        moving: needed.some(({ moving }) => moving),
      };
}
