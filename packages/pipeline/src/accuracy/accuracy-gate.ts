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

/** Below this an output without classes is off by a third of its size. */
const lowSqnrDb = 10;

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
  const warnings = accuracy.map(closenessWarning).filter((warning) => warning !== undefined);
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

/** Classes are held by the decisions, everything else by the values. */
function closenessWarning({ name, samples, sqnrDb, top1 }: OutputComparison): Diagnostic | undefined {
  if (samples === 0) return undefined;
  const where = `output ${name}`;
  const next = 'check that the data is preprocessed as in training; then try more samples or --method mse';
  if (top1 !== undefined) {
    if (top1.agree / top1.decisions >= lowAgreement) return undefined;
    return diagnose(pipelineDiagnostics.AGREEMENT_LOW, {
      what: `float and int8 pick the same class in only ${top1.agree} of ${top1.decisions} decisions`,
      where,
      next,
    });
  }
  if (sqnrDb >= lowSqnrDb) return undefined;
  const share = Math.round(100 * 10 ** (-sqnrDb / 20));
  return diagnose(pipelineDiagnostics.VALUES_FAR, {
    what: `int8 differs from float by ${share} % of the values' size (SQNR ${sqnrDb.toFixed(1)} dB)`,
    where,
    next,
  });
}
