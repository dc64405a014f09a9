// What the measured accuracy makes worth a warning: a model unlike float, and a float model that the data does not go with.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { floatWarning, type JudgedSet } from './float-plausibility.js';
import { deadPartText } from './dead-part-text.js';
import type { LossCause } from './input-steps.js';
import { notFiniteWarnings } from './not-finite.js';
import type { OutputComparison } from './output-comparison.js';

/** Below this share of equal decisions a user wants to know, labels or not. */
const lowAgreement = 0.9;

/** Below this an output without classes is off by a third of its size. */
const lowSqnrDb = 10;

/** A few scores are the same by chance; more are at their bounds. */
const manyTied = 0.05;

/** Sigmoids that are off by less differ in a decision only where float itself is undecided. */
const visibleError = 0.05;

export interface AccuracyContext extends JudgedSet {
  /** What the model was made in, as the user knows it. */
  readonly scheme: string;
  /** The samples are those that the scales were chosen by. */
  readonly onCalibrationData: boolean;
  /** Why the input loses much, where it does. */
  readonly cause?: LossCause | undefined;
  /** The calibration samples are on another scale than these: decisions that differ are put down to that. */
  readonly otherScale?: LossCause | undefined;
}

export function accuracyWarnings(context: AccuracyContext, accuracy: readonly OutputComparison[]): Diagnostic[] {
  const { cause, otherScale, scheme } = context;
  const close = accuracy.map((output) => closenessWarning(output, scheme, otherScale ?? cause));
  const float = accuracy.map((output) => floatWarning(output, context));
  const tied = accuracy.map((output) => tiesWarning(output, context));
  const warnings = [...close, ...tied, ...float].filter((warning) => warning !== undefined);
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

/** What a scheme of fewer bits lost at the input, and that normalizing it would let that scheme do, is worth knowing beside another. */
export function passedByWarnings(scheme: string, cause: LossCause, told: readonly Diagnostic[]): readonly Diagnostic[] {
  if (told.some(({ code }) => code === 'INPUT_STEPS')) return [];
  const { what, input, next } = cause;
  return [
    diagnose(pipelineDiagnostics.INPUT_STEPS, {
      what: `${scheme} was too inaccurate since ${what}`,
      where: `input ${input}`,
      next: `for ${scheme}: ${next}`,
    }),
  ];
}

/** Equal greatest scores are no fault of a class, so that they are told apart from wrong ones. */
function tiesWarning({ name, top1 }: OutputComparison, { inputs, scheme }: AccuracyContext): Diagnostic | undefined {
  if (top1?.tied === undefined) return undefined;
  const all = top1.decisions + top1.tied;
  if (top1.tied < manyTied * all) return undefined;
  const reach =
    inputs[0] === undefined ? '' : `, which go from ${short(inputs[0].min)} to ${short(inputs[0].max)} here`;
  return diagnose(pipelineDiagnostics.SCORES_TIED, {
    what: `in ${top1.tied} of ${all} samples several sigmoids have the same greatest score, in float or in ${scheme}: they are saturated, and no class is decided for`,
    where: `output ${name}`,
    next: `check that the inputs${reach}, are preprocessed as in training; if they are, judge each sigmoid for itself with rows of 0 and 1 as labels`,
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** The figure of the whole is that of its large values. */
function deadPartWarning(
  { sqnrDb, deadParts = [] }: OutputComparison,
  scheme: string,
  where: string,
): Diagnostic | undefined {
  if (deadParts.length === 0) return undefined;
  return diagnose(pipelineDiagnostics.VALUES_DEAD_PART, {
    what: `${scheme} tells little or nothing of a part of the values, although the whole is near (SQNR ${sqnrDb.toFixed(1)} dB): ${deadPartText(deadParts, scheme)}`,
    where,
    next: 'let the model give that part as an output of its own, with a scale of its own, or bring all parts to one size in training; where its values do not matter, leave it',
  });
}

/** Decisions are what counts where there are some, everything else is held by the values. */
function closenessWarning(
  output: OutputComparison,
  scheme: string,
  cause: LossCause | undefined,
): Diagnostic | undefined {
  const { name, samples, notFinite, sqnrDb, top1, threshold, meanError } = output;
  if (samples === 0) return undefined;
  const where = `output ${name}`;
  if (notFinite !== undefined) return notFiniteWarnings([output], { float: 'the float model', quantized: scheme })[0];
  const next =
    cause?.next ??
    'check that the data is preprocessed as in training; then calibrate with more and more varied samples';
  const because = cause === undefined ? '' : `; the scale of the input is the cause: ${cause.what}`;
  if (top1?.decisions === 0) return undefined;
  const decided = top1 ?? (threshold !== undefined && threshold.decisions > 0 ? threshold : undefined);
  if (decided !== undefined) {
    if (decided.agree / decided.decisions >= lowAgreement) return undefined;
    if (top1 === undefined && meanError < visibleError) return undefined;
    return diagnose(pipelineDiagnostics.AGREEMENT_LOW, {
      what: `float and ${scheme} ${top1 === undefined ? 'decide alike' : 'pick the same class'} in only ${decided.agree} of ${decided.decisions} decisions${because}`,
      where,
      next,
    });
  }
  if (sqnrDb >= lowSqnrDb) return deadPartWarning(output, scheme, where);
  const share = Math.round(100 * 10 ** (-sqnrDb / 20));
  return diagnose(pipelineDiagnostics.VALUES_FAR, {
    what: `${scheme} differs from float by ${share} % of the values' size (SQNR ${sqnrDb.toFixed(1)} dB)${because}`,
    where,
    next,
  });
}
