// Holds the measured accuracy against what the profile allows.
import { diagnose, WherryError, type Diagnostic } from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { SchemePlace } from '../schemes/wanted-schemes.js';
import type { LossCause } from './input-steps.js';
import type { OutputComparison } from './output-comparison.js';

/** Fewer labelled samples than this make a percentage point a matter of chance. */
const enoughForPoints = 100;

export interface GateVerdict {
  /** ACCURACY_NEAR_LIMIT. */
  readonly warnings: readonly Diagnostic[];
  /** ACCURACY_BELOW_LIMIT, of the first output that falls too far. */
  readonly refusal: WherryError | undefined;
}

/**
 * Refuses when labels show a greater loss than the profile allows for the scheme, beyond chance: as many decisions as
 * differ at all could as well have fallen the other way. A loss within it is a warning. `forced`: what the user decided
 * instead of the measuring.
 */
export function accuracyGate(
  { profile }: Target,
  { limits }: SchemePlace,
  accuracy: readonly OutputComparison[],
  cause?: LossCause,
  forced: readonly string[] = [],
): GateVerdict {
  const limit = limits?.accuracyDropPoints;
  if (limit === undefined) return { warnings: [], refusal: undefined };
  const found = accuracy.flatMap(({ name, samples, top1, threshold }): (Diagnostic | WherryError)[] => {
    const judged = top1 ?? threshold;
    if (judged === undefined || judged.labelled < enoughForPoints) return [];
    const points = 100 / judged.labelled;
    const drop = (judged.floatRight - judged.quantizedRight) * points;
    if (drop <= limit) return [];
    // Decisions of one sample, as those of pixels, fall together.
    const together = top1 === undefined ? 1 : Math.max(1, top1.decisions / samples);
    const chance = Math.sqrt((judged.decisions - judged.agree) * together) * points;
    const [measure, unit] = [
      top1 === undefined ? 'accuracy' : 'top-1',
      top1 === undefined || together > 1 ? 'decisions' : 'samples',
    ];
    const fall = `${measure} falls by ${drop.toFixed(1)} points on ${judged.labelled} ${unit}, ${profile.id} allows ${limit}`;
    if (drop - chance <= limit) {
      const what = `${fall}; on so few that may be chance (+-${chance.toFixed(1)})`;
      const next = 'give more labelled samples with --evaluation';
      return [diagnose(pipelineDiagnostics.ACCURACY_NEAR_LIMIT, { what, where: `output ${name}`, next })];
    }
    return [tooFar(name, fall, cause, forced)];
  });
  return {
    warnings: found.filter((each): each is Diagnostic => !(each instanceof WherryError)),
    refusal: found.find((each): each is WherryError => each instanceof WherryError),
  };
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
