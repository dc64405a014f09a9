// Whether the samples to evaluate reach as far as those that scales were chosen by, and which of the two to change where they do not.
import type { InputSummary } from '@wherry/calibration-data';
import type { DatasetReport } from './datasets.js';

export interface RangeDifference {
  readonly input: string;
  /** Both ranges, and what comes of it. */
  readonly what: string;
  /** The one set is of another scale than the other: no figure of such a run says what the device will do. */
  readonly isOtherScale: boolean;
  /** How many times as far evaluation reaches. */
  readonly factor: number;
}

/** What says which of two sets is not as the model was trained. */
export interface ScaleEvidence {
  /** Of the evaluation samples, as they are, the float model is right in most. */
  readonly isFloatRight: boolean;
  /** What the evaluation samples would have to be for that, where calibration samples are so already. */
  readonly evaluationNeeds?: string | undefined;
}

/** A share of values outside that single outliers do not reach. */
const muchOutside = 0.02;
/** Evaluation this many times narrower than calibration is of another scale. */
const muchNarrower = 50;
/** Where it reaches further in many values, brighter and louder samples account for less. */
const muchWider = 16;
const enoughSamples = 8;

/** At most one for each input. Both were watched with the calibration as reference. */
export function rangeDifferences(calibration: DatasetReport, evaluation: DatasetReport): readonly RangeDifference[] {
  return evaluation.lint.inputs.flatMap((input, i) => {
    const reference = calibration.lint.inputs[i]!;
    const factor = widthOf(input) / widthOf(reference);
    const reach = `evaluation reaches from ${short(input.min)} to ${short(input.max)} and calibration from ${short(reference.min)} to ${short(reference.max)}`;
    const outside = input.outside ?? 0;
    if (outside > muchOutside) {
      const cut = `${(100 * outside).toFixed(2)} % of the values lie outside of what the scale was chosen for and are cut off`;
      return [{ input: input.name, what: `${reach}: ${cut}`, isOtherScale: factor >= muchWider, factor }];
    }
    const [width, wanted] = [input.max - input.min, reference.max - reference.min];
    if (evaluation.samples < enoughSamples || width === 0 || width * muchNarrower >= wanted) return [];
    const steps = `all of its values fall into ${Math.max(1, Math.round((256 * width) / wanted))} of 256 steps`;
    return [{ input: input.name, what: `${reach}: ${steps}`, isOtherScale: true, factor }];
  });
}

/** Declared preprocessing acts on both sets, so that it cannot bring one to the other. */
const where = 'where they are stored, since --preprocess acts on both';

export function rangeAdvice(
  { isOtherScale, factor }: RangeDifference,
  mixed: { readonly calibration: boolean; readonly evaluation: boolean },
  { isFloatRight, evaluationNeeds }: ScaleEvidence,
): string {
  const one = [...(mixed.calibration ? ['calibration'] : []), ...(mixed.evaluation ? ['evaluation'] : [])];
  if (one.length > 0) return `bring the samples of ${one.join(' and of ')} to one scale first: see DATA_MIXED_SCALES`;
  if (evaluationNeeds !== undefined)
    return `store the evaluation data with ${evaluationNeeds}, as the calibration data is: --preprocess would act on both`;
  if (!isOtherScale)
    return `calibrate with samples as varied as those that are evaluated; where one of the two is on another scale, bring it to that of training where it is stored, since --preprocess acts on both`;
  if (isFloatRight)
    return `${factor < 1 ? 'divide' : 'multiply'} the values of the calibration data by about ${short(factor < 1 ? 1 / factor : factor)}, ${where}: the float model is right on the evaluation data as it is`;
  return `bring the values of both to the scale of training, ${where}; labels of the evaluation data would tell which of the two is off`;
}

/** With 0, as a scale has it. */
function widthOf({ min, max }: InputSummary): number {
  return Math.max(0, max) - Math.min(0, min);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
