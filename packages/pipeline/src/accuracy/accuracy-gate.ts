// Holds the measured accuracy against what the profile allows.
import { WherryError } from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { LossCause } from './input-steps.js';
import type { OutputComparison } from './output-comparison.js';

/** Fewer labelled samples than this make a percentage point a matter of chance. */
const enoughForPoints = 100;

/** Throws ACCURACY_BELOW_LIMIT when labels show a greater loss than the int8 scheme of the profile allows. */
export function requireAccuracy({ profile }: Target, accuracy: readonly OutputComparison[], cause?: LossCause): void {
  const limit = profile.schemes.find(({ scheme }) => scheme === 'int8')?.limits?.accuracyDropPoints;
  if (limit === undefined) return;
  for (const { name, top1, threshold } of accuracy) {
    const judged = top1 ?? threshold;
    if (judged === undefined || judged.labelled < enoughForPoints) continue;
    const drop = ((judged.floatRight - judged.quantizedRight) * 100) / judged.labelled;
    if (drop <= limit) continue;
    throw new WherryError(pipelineDiagnostics.ACCURACY_BELOW_LIMIT, {
      what:
        `${top1 === undefined ? 'accuracy' : 'top-1'} falls by ${drop.toFixed(1)} points on ${judged.labelled} ${top1 === undefined ? 'decisions' : 'samples'}, ${profile.id} allows ${limit}` +
        (cause === undefined ? '' : `; the scale of the input is the cause: ${cause.what}`),
      where: cause === undefined ? `output ${name}` : `output ${name}, input ${cause.input}`,
      next:
        cause?.next ??
        'calibrate with more and more varied samples, and check that their preprocessing is that of training',
    });
  }
}
