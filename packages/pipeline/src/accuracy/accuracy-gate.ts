// Holds the measured accuracy against what the profile allows.
import { diagnose, WherryError, type Diagnostic } from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { SchemePlace } from '../schemes/wanted-schemes.js';
import {
  dropPoints,
  enoughForPoints,
  limitChecks,
  nearTexts,
  type LimitCheck,
  type NearTexts,
} from './limit-checks.js';
import type { LossCause } from './input-steps.js';
import { notFiniteAdvice, notFiniteText } from './not-finite.js';
import type { OutputComparison } from './output-comparison.js';

export interface GateVerdict {
  /** ACCURACY_NEAR_LIMIT. */
  readonly warnings: readonly Diagnostic[];
  readonly limits: readonly LimitCheck[];
  /** ACCURACY_BELOW_LIMIT, of the first output that falls too far. */
  readonly refusal: WherryError | undefined;
}

/** What is known beside the accuracy, for the advice. */
export interface GateCircumstances {
  readonly cause?: LossCause | undefined;
  /** What the user decided instead of the measuring. */
  readonly forced?: readonly string[];
  /** How more samples are had, where the data has more than were taken. */
  readonly more?: string | undefined;
}

/**
 * Refuses what falls below a limit of the scheme: of accuracy by labels, where the loss is beyond chance (as many decisions as
 * differ at all could as well have fallen the other way; a loss within it is a warning); of decisions that are those of the float
 * model; of noise.
 */
export function accuracyGate(
  { profile }: Target,
  { limits = {} }: SchemePlace,
  accuracy: readonly OutputComparison[],
  { cause, forced = [], more }: GateCircumstances = {},
): GateVerdict {
  const checks = accuracy.flatMap((output) => limitChecks(output, limits));
  const found = accuracy.flatMap((output): (Diagnostic | WherryError)[] => {
    const refuse = (fall: string): WherryError => tooFar(output.name, fall, cause, forced);
    const near = nearTexts(checks, output.name);
    const endless = notFiniteRefusal(output);
    if (endless !== undefined) return [endless];
    const falls = [agreementFall(output, limits, profile.id, near), noiseFall(output, limits, profile.id)];
    return [
      ...dropOf(output, limits, profile.id, near, { refuse, more }),
      ...falls.flatMap((fall) => (fall === undefined ? [] : refuse(fall))),
    ];
  });
  return {
    limits: checks,
    warnings: found.filter((each): each is Diagnostic => !(each instanceof WherryError)),
    refusal: found.find((each): each is WherryError => each instanceof WherryError),
  };
}

type Limits = NonNullable<SchemePlace['limits']>;

function dropOf(
  { name, samples, top1, threshold }: OutputComparison,
  { accuracyDropPoints: limit }: Limits,
  id: string,
  near: NearTexts,
  { refuse, more }: { readonly refuse: (fall: string) => WherryError; readonly more: string | undefined },
): (Diagnostic | WherryError)[] {
  const judged = top1 ?? threshold;
  if (limit === undefined || judged === undefined || judged.labelled < enoughForPoints) return [];
  const points = 100 / judged.labelled;
  const drop = dropPoints(judged);
  if (drop <= limit) return [];
  // Decisions of one sample, as those of pixels, fall together.
  const together = top1 === undefined ? 1 : Math.max(1, top1.decisions / samples);
  const chance = Math.sqrt((judged.decisions - judged.agree) * together) * points;
  const [measure, unit] = [
    top1 === undefined ? 'accuracy' : 'top-1',
    top1 === undefined || together > 1 ? 'decisions' : 'samples',
  ];
  const fall = `${measure} falls by ${drop.toFixed(1)} points on ${judged.labelled} ${unit}, ${id} allows ${limit}`;
  if (drop - chance > limit) return [refuse(`${fall}${near.accuracyDropPoints}`)];
  const what = `${fall}; on so few that may be chance (+-${chance.toFixed(1)})`;
  const next = more ?? 'give more labelled samples with --evaluation';
  return [diagnose(pipelineDiagnostics.ACCURACY_NEAR_LIMIT, { what, where: `output ${name}`, next })];
}

/** No limit allows that, and no figure is to be had beside it. */
function notFiniteRefusal(output: OutputComparison): WherryError | undefined {
  const what = notFiniteText(output, { float: 'the float model', quantized: 'the model for the device' });
  if (what === undefined) return undefined;
  const details = { what, where: `output ${output.name}`, next: notFiniteAdvice(output) };
  return new WherryError(pipelineDiagnostics.ACCURACY_BELOW_LIMIT, details);
}

function agreementFall(
  { top1, threshold }: OutputComparison,
  { agreementPercent: limit }: Limits,
  id: string,
  near: NearTexts,
): string | undefined {
  const judged = top1 ?? threshold;
  if (limit === undefined || judged === undefined || judged.decisions === 0) return undefined;
  const percent = (100 * judged.agree) / judged.decisions;
  return percent >= limit
    ? undefined
    : `${percent.toFixed(1)} % of ${judged.decisions} decisions are those of the float model, ${id} asks for ${limit}${near.agreementPercent}`;
}

function noiseFall({ sqnrDb }: OutputComparison, { sqnrDb: limit }: Limits, id: string): string | undefined {
  return limit === undefined || sqnrDb >= limit
    ? undefined
    : `the outputs have ${sqnrDb.toFixed(1)} dB of signal to noise, ${id} asks for ${limit}`;
}

function tooFar(name: string, fall: string, cause: LossCause | undefined, forced: readonly string[]): WherryError {
  return new WherryError(pipelineDiagnostics.ACCURACY_BELOW_LIMIT, {
    what: fall + (cause === undefined ? '' : `; the scale of the input is the cause: ${cause.what}`),
    where: cause === undefined ? `output ${name}` : `output ${name}, input ${cause.input}`,
    next:
      cause?.next ??
      `${forced.length === 0 ? '' : `leave ${forced.join(' ')} away, so that what is measured to be better is taken; then `}calibrate with more and more varied samples, and check that their preprocessing is that of training`,
  });
}
