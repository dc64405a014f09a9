// Holds the measured accuracy against what the profile allows.
import { diagnose, WherryError, type Diagnostic } from '@wherry/graph';
import type { Target } from '@wherry/profiles';
import type { DeployRequest } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { OutputComparison } from './output-comparison.js';

/** Fewer labelled samples than this make a percentage point a matter of chance. */
const enoughForPoints = 100;

/** Below this share of equal decisions a user wants to know, labels or not. */
const lowAgreement = 0.9;

/** Throws ACCURACY_BELOW_LIMIT when labels show a greater loss than the int8 scheme of the profile allows. */
export function requireAccuracy({ profile }: Target, accuracy: readonly OutputComparison[]): void {
  const limit = profile.schemes.find(({ scheme }) => scheme === 'int8')?.limits?.accuracyDropPoints;
  if (limit === undefined) return;
  for (const { name, top1 } of accuracy) {
    if (top1 === undefined || top1.labelled < enoughForPoints) continue;
    const drop = ((top1.floatRight - top1.quantizedRight) * 100) / top1.labelled;
    if (drop <= limit) continue;
    throw new WherryError(pipelineDiagnostics.ACCURACY_BELOW_LIMIT, {
      what: `top-1 falls by ${drop.toFixed(1)} points on ${top1.labelled} samples, ${profile.id} allows ${limit}`,
      where: `output ${name}`,
      next: 'calibrate with more and more varied samples, and check that their preprocessing is that of training',
    });
  }
}

export function accuracyWarnings(request: DeployRequest, accuracy: readonly OutputComparison[]): Diagnostic[] {
  const warnings: Diagnostic[] = [];
  for (const { name, samples, top1 } of accuracy) {
    if (top1 === undefined || samples === 0 || top1.agree / samples >= lowAgreement) continue;
    warnings.push(
      diagnose(pipelineDiagnostics.AGREEMENT_LOW, {
        what: `float and int8 pick the same class in only ${top1.agree} of ${samples} samples`,
        where: `output ${name}`,
        next: 'check that the data is preprocessed as in training; then try more samples or --method mse',
      }),
    );
  }
  if (request.evaluation === undefined) {
    warnings.push(
      diagnose(pipelineDiagnostics.ACCURACY_ON_CALIBRATION_DATA, {
        what: 'accuracy was measured on the very samples that the scales were chosen by',
        next: 'give --evaluation DATA that calibration has not seen for an honest figure',
      }),
    );
  }
  return warnings;
}
