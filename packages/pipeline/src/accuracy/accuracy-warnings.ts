// What the measured accuracy makes worth a warning: int8 unlike float, and a float model that the data does not go with.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { floatWarning, type JudgedSet } from './float-plausibility.js';
import type { LossCause } from './input-steps.js';
import type { OutputComparison } from './output-comparison.js';

/** Below this share of equal decisions a user wants to know, labels or not. */
const lowAgreement = 0.9;

/** Below this an output without classes is off by a third of its size. */
const lowSqnrDb = 10;

/** Sigmoids that are off by less differ in a decision only where float itself is undecided. */
const visibleError = 0.05;

export interface AccuracyContext extends JudgedSet {
  /** The samples are those that the scales were chosen by. */
  readonly onCalibrationData: boolean;
  /** Why the input loses much, where it does. */
  readonly cause?: LossCause | undefined;
}

export function accuracyWarnings(context: AccuracyContext, accuracy: readonly OutputComparison[]): Diagnostic[] {
  const { cause } = context;
  const close = accuracy.map((output) => closenessWarning(output, cause));
  const float = accuracy.map((output) => floatWarning(output, context));
  const warnings = [...close, ...float].filter((warning) => warning !== undefined);
  if (cause !== undefined && !close.some((warning) => warning !== undefined))
    warnings.push(
      diagnose(pipelineDiagnostics.INPUT_STEPS, { what: cause.what, where: `input ${cause.input}`, next: cause.next }),
    );
  if (context.onCalibrationData) {
    warnings.push(
      diagnose(pipelineDiagnostics.ACCURACY_ON_CALIBRATION_DATA, {
        what: 'accuracy was measured on the very samples that the scales were chosen by',
        next: 'give --evaluation DATA that calibration has not seen for an honest figure',
      }),
    );
  }
  return warnings;
}

/** Decisions are what counts where there are some, everything else is held by the values. */
function closenessWarning(output: OutputComparison, cause: LossCause | undefined): Diagnostic | undefined {
  const { name, samples, sqnrDb, top1, threshold, meanError } = output;
  if (samples === 0) return undefined;
  const where = `output ${name}`;
  const next =
    cause?.next ??
    'check that the data is preprocessed as in training; then calibrate with more and more varied samples';
  const because = cause === undefined ? '' : `; the scale of the input is the cause: ${cause.what}`;
  const decided = top1 ?? (threshold !== undefined && threshold.decisions > 0 ? threshold : undefined);
  if (decided !== undefined) {
    if (decided.agree / decided.decisions >= lowAgreement) return undefined;
    if (top1 === undefined && meanError < visibleError) return undefined;
    return diagnose(pipelineDiagnostics.AGREEMENT_LOW, {
      what: `float and int8 ${top1 === undefined ? 'decide alike' : 'pick the same class'} in only ${decided.agree} of ${decided.decisions} decisions${because}`,
      where,
      next,
    });
  }
  if (sqnrDb >= lowSqnrDb) return undefined;
  const share = Math.round(100 * 10 ** (-sqnrDb / 20));
  return diagnose(pipelineDiagnostics.VALUES_FAR, {
    what: `int8 differs from float by ${share} % of the values' size (SQNR ${sqnrDb.toFixed(1)} dB)${because}`,
    where,
    next,
  });
}
