// Whether the float model itself does what its labels say: if not, data and model do not go together, whatever int8 does.
import type { InputSummary } from '@wherry/calibration-data';
import { diagnose, WherryError, type Diagnostic } from '@wherry/graph';
import { asItIsDiagnostics } from '../as-it-is-diagnostics.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { otherNumbering, type Confusion, type OtherNumbering } from './class-numbering.js';
import { fewestTried, scoreOf, type InputTrial } from './input-trials.js';
import type { OutputComparison } from './output-comparison.js';
import type { TargetFit } from './target-judge.js';
import type { TargetScale } from './target-scale.js';

/** The samples that accuracy was measured on. */
export interface JudgedSet {
  /** Class names by label, where there are some. */
  readonly names?: readonly string[] | undefined;
  /** The names come from the user, and number the classes of the data. */
  readonly namesGiven: boolean;
  readonly inputs: readonly InputSummary[];
  /** Scales were chosen by samples of another scale. */
  readonly isOfOtherScale?: boolean;
  /** Another preparation of the inputs that the float model is far better with, where one was found. */
  readonly trial?: InputTrial | undefined;
  /** The model was given quantized: what is judged is that, and no float model. */
  readonly alone?: boolean;
}

/** A model that is of use is right in this share of what chance leaves wrong, at the very least. */
const leastSkill = 0.2;
/** Standard deviations below that (one side, 5 %). */
const doubt = 1.645;
const fewest = 8;
const fewestTargets = 20;
/** Scores of classes have the greatest where the shares have it. */
const leastSame = 0.6;
/** Another numbering that fits so much better than another preparation of the inputs is the likelier cause. */
const muchBetter = 0.1;
/** A model that ranks no better than this ranks by chance, with as many samples as `fewestRanked`. */
const chanceAuc = 0.55;
const fewestRanked = 50;
/** Of many outputs together, some of which are more often 1 than others, which ranks by itself. */
const leastRank = 0.65;
/** Below one minus this it ranks, but the other way round. */
const leastReversed = 0.8;

/**
 * Throws LABELS_ORDER where the names that the user gave number the classes of the data and the float model clearly has them
 * in another order: the names in the firmware would be wrong.
 */
export function requireNameOrder(
  accuracy: readonly OutputComparison[],
  { names, namesGiven, trial, alone }: JudgedSet,
): void {
  if (!namesGiven || names === undefined) return;
  for (const { name, confusion } of accuracy) {
    const other = confusion && otherNumbering(confusion);
    if (confusion === undefined || other === undefined || names.length !== confusion.classes) continue;
    const total = confusion.counts.reduce((sum, count) => sum + count, 0);
    const right = names.reduce((sum, _, i) => sum + confusion.counts[i * confusion.classes + i]!, 0);
    throw new WherryError(pipelineDiagnostics.LABELS_ORDER, {
      what: `with --labels ${names.join(',')} the ${alone === true ? '' : 'float '}model is right in ${right} of ${total} samples, with the names in another order in ${other.right}`,
      where: `output ${name}`,
      next: `give --labels ${reordered(names, other).join(',')}, or check what each output of the model means${trial === undefined ? '' : `; or, as it is right in ${percent(trial.after)} of ${trial.samples} that were tried with ${trial.how}: ${trial.next}`}`,
    });
  }
}

export function floatWarning(output: OutputComparison, set: JudgedSet): Diagnostic | undefined {
  const { name, targets, threshold, confusion } = output;
  const where = `output ${name}`;
  const other = confusion && otherNumbering(confusion);
  const { trial } = set;
  const rank = threshold?.floatRank;
  const otherwise = Math.max(other === undefined ? 0 : shareOf(other, confusion), rank === undefined ? 0 : 1 - rank);
  if (trial?.output === name && otherwise <= trial.after + muchBetter) return trialWarning(output, trial, other, set);
  if (confusion !== undefined && other !== undefined) {
    const total = confusion.counts.reduce((sum, count) => sum + count, 0);
    return wrong(set, {
      what: `the float model itself fits the labels in ${rightOf(output)} of ${total} samples, and in ${other.right} if ${numberingText(other, set)}`,
      where,
      next: numberingAdvice(other, set),
    });
  }
  if (targets !== undefined) return targetWarning(targets, where, set, output.samples);
  if (rank !== undefined && rank < leastRank) {
    const reversed = rank < 1 - leastReversed;
    return wrong(set, {
      what: `the float model itself ${reversed ? 'ranks what is labelled 0 above' : 'hardly ranks'} what is labelled 1${reversed ? '' : ' above what is labelled 0'} (AUC ${rank.toFixed(2)} over all values)`,
      where,
      next: reversed
        ? 'exchange the labels: y = 1 - y'
        : `check that labels have the order and layout of the outputs${inputAdvice(set, output.samples)}`,
    });
  }
  const judged = output.top1 ?? threshold;
  if (judged !== undefined && judged.labelled >= fewest && isChance(judged, classesOf(output)))
    return wrong(set, {
      what: `the float model itself is right in only ${judged.floatRight} of ${judged.labelled}: about what chance gives, or less`,
      where,
      next: `check that labels are numbered as in training${inputAdvice(set, output.samples)}`,
    });
  const auc = threshold?.floatAuc ?? output.reconstruction?.floatAuc;
  const ranked = output.reconstruction?.ranked ?? output.samples;
  if (auc !== undefined && auc < chanceAuc && ranked >= fewestRanked) {
    const reversed = auc < 1 - leastReversed;
    return wrong(set, {
      what: `the float model itself ranks the samples ${reversed ? 'the other way round: label 1 goes with low values' : 'no better than chance'} (AUC ${auc.toFixed(2)})`,
      where,
      next: reversed
        ? 'exchange the labels: y = 1 - y'
        : `check that label 1 is what the output stands for${inputAdvice(set, output.samples)}`,
    });
  }
  return undefined;
}

function wrong({ alone }: JudgedSet, details: Parameters<typeof diagnose>[1]): Diagnostic {
  if (alone !== true) return diagnose(pipelineDiagnostics.FLOAT_MODEL_WRONG, details);
  const what = details.what.replaceAll('the float model', 'the model');
  return diagnose(asItIsDiagnostics.MODEL_WRONG, { ...details, what });
}

/** What was tried out comes before what could be. Where that was on some of the samples, both figures are said. */
function trialWarning(
  output: OutputComparison,
  { how, before, after, isShare, samples, next }: InputTrial,
  other: OtherNumbering | undefined,
  set: JudgedSet,
): Diagnostic {
  const [input] = set.inputs;
  const reach = input === undefined ? '' : ` (inputs go from ${short(input.min)} to ${short(input.max)})`;
  const some = samples < output.samples;
  const whole = some ? scoreOf(output)!.value : before;
  const [now, asTheyAre, then] = isShare
    ? [`is right in ${percent(whole)} of the samples`, `in ${percent(before)}`, `in ${percent(after)}`]
    : [`explains R2 ${whole.toFixed(2)} of the targets`, `R2 ${before.toFixed(2)}`, `R2 ${after.toFixed(2)}`];
  const tried = some ? `; of ${samples} that were tried again ${asTheyAre} as they are` : ',';
  return wrong(set, {
    what: `the float model itself ${now}${reach}${tried} and ${then} with ${how}${other === undefined ? '' : `; or if ${numberingText(other, set)}`}`,
    where: `output ${output.name}`,
    next: `${next}${other === undefined ? '' : `; or ${numberingAdvice(other, set)}`}`,
  });
}

function shareOf({ right }: OtherNumbering, confusion: Confusion | undefined): number {
  const total = confusion?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  return total === 0 ? 0 : right / total;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function targetWarning(
  { floatR2, bestR2, values, scales = [], sameGreatest = 0 }: TargetFit,
  where: string,
  set: JudgedSet,
  samples: number,
): Diagnostic | undefined {
  const asTheyAre = floatR2 === null ? '' : ` (R2 ${floatR2.toFixed(2)} as they are)`;
  const found = scales.flatMap((scale, value) => (scale === null ? [] : [{ scale, value }]));
  if (floatR2 !== null && floatR2 < 0 && sameGreatest >= Math.max(fewest, leastSame * samples))
    return wrong(set, {
      what: `the targets are shares that sum to 1 and the outputs of the float model are not, but the greatest is the same in ${sameGreatest} of ${samples} samples: they seem to be scores of classes${asTheyAre}`,
      where,
      next: 'if they are, save the class of each sample: y = np.argmax(y, axis=1); if they are shares, check that the data is preprocessed as in training',
    });
  // Of several estimates of one number, such as quantiles, some are meant to be off.
  const meant = bestR2 !== undefined && found.length < scales.length;
  if (found.length > 0 && !meant) {
    const [{ scale: first }] = found as [(typeof found)[0]];
    const common =
      found.length === scales.length &&
      found.every(({ scale }) => scale.offset === first.offset && Math.abs(scale.factor / first.factor - 1) < 0.01);
    const shown = common ? [{ scale: first, value: undefined }] : found.slice(0, 4);
    const of = (value: number | undefined): string => (value === undefined ? '' : ` of value ${value}`);
    const rules = shown.map(
      ({ scale, value }) =>
        `targets${of(value)} are about ${scaleText(scale, 'the output')}, which explains ${Math.floor(100 * scale.explained)} % of them`,
    );
    return wrong(set, {
      what: `the targets have another scale than the outputs of the float model: ${rules.join('; ')}${asTheyAre}`,
      where,
      next: `save the targets in the unit of the outputs: ${shown.map(({ scale, value }) => backText(scale, value)).join(', ')}; or check ${common ? '' : 'their order, and '}that the data is preprocessed as in training`,
    });
  }
  if (floatR2 === null || values < fewestTargets || (bestR2 ?? floatR2) >= 0) return undefined;
  return wrong(set, {
    what: `the float model itself is further from the targets than their mean is (R2 ${floatR2.toFixed(2)})`,
    where,
    next: `check that targets have the scale and order of the outputs${inputAdvice(set, samples)}`,
  });
}

function scaleText({ factor, offset }: TargetScale, name: string): string {
  const scaled = factor === 1 ? name : `${short(factor)} * ${name}`;
  return offset === 0 ? scaled : `${scaled} ${offset < 0 ? '-' : '+'} ${short(Math.abs(offset))}`;
}

/** The way back, as NumPy has it. */
function backText({ factor, offset }: TargetScale, value: number | undefined): string {
  const own = value === undefined ? 'y' : `y[:, ${value}]`;
  const shifted = offset === 0 ? own : `${own} ${offset < 0 ? '+' : '-'} ${short(Math.abs(offset))}`;
  const whole = offset === 0 ? shifted : `(${shifted})`;
  return factor === 1 ? shifted : factor === -1 ? `-${whole}` : `${whole} / ${short(factor)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function classesOf({ confusion, top1 }: OutputComparison): number {
  return top1 === undefined ? 2 : (confusion?.classes ?? Infinity);
}

/** Clearly below a fifth of the way from chance to perfect. */
function isChance(
  { labelled, floatRight }: { readonly labelled: number; readonly floatRight: number },
  classes: number,
): boolean {
  const chance = 1 / classes;
  const least = chance + leastSkill * (1 - chance);
  const deviation = Math.sqrt((least * (1 - least)) / labelled);
  return floatRight / labelled < least - doubt * deviation;
}

function rightOf({ top1, threshold }: OutputComparison): number {
  return (top1 ?? threshold)?.floatRight ?? 0;
}

/** Each name of the data at the place of the output that it seems to be. */
function reordered(names: readonly string[], { classOf }: OtherNumbering): string[] {
  const result = [...names];
  names.forEach((name, label) => (result[classOf[label]!] = name));
  return result;
}

function numberingText({ classOf }: OtherNumbering, { names }: JudgedSet): string {
  const moved = classOf.flatMap((given, label) => (given === label ? [] : [{ label, given }]));
  const shifts = moved.map(({ label, given }) => given - label);
  const shift = shifts.find((one) => shifts.filter((other) => other === one).length > moved.length / 2);
  const called = (label: number): string => (names?.[label] === undefined ? `label ${label}` : names[label]);
  if (classOf.length === 2) return 'labels 0 and 1 are exchanged';
  if (moved.length > 2 && shift !== undefined)
    return `every label is ${Math.abs(shift)} ${shift > 0 ? 'greater' : 'less'}`;
  const shown = moved.slice(0, 4).map(({ label, given }) => `${called(label)} is output ${given}`);
  return `${shown.join(', ')}${moved.length > 4 ? ', ...' : ''}`;
}

function numberingAdvice(other: OtherNumbering, { names }: JudgedSet): string {
  return names?.length === other.classOf.length
    ? `number the classes as the model does: --labels ${reordered(names, other).join(',')}`
    : `number the labels as the outputs of the model: ${other.classOf
        .map((given, label) => `${label}->${given}`)
        .slice(0, 12)
        .join(', ')}`;
}

/** What was tried and did not help is not advised: the commonest mistakes are guessed at only on samples too few for that. */
function inputAdvice({ inputs, isOfOtherScale }: JudgedSet, samples: number): string {
  const [input] = inputs;
  if (input === undefined) return ', and inputs prepared as in training';
  const { min, max, channels } = input;
  const prepared = `, and inputs (here ${short(min)} to ${short(max)}) prepared as in training`;
  if (isOfOtherScale === true)
    return `${prepared}: they are on another scale than the calibration data, see EVALUATION_RANGE`;
  if (samples >= fewestTried) return prepared;
  const cause =
    min >= 0 && max > 200 && max <= 255
      ? 'if training divided them, add --preprocess divideBy=255'
      : min >= 0 && max > 0 && max <= 0.02
        ? 'they seem to have been divided by 255 twice; then add --preprocess scale=255'
        : min >= 0 && max <= 1
          ? 'if training had 0 to 255, add --preprocess scale=255; if -1 to 1, --preprocess mean=0.5 --preprocess std=0.5'
          : min < 0 && min >= -1 && max <= 1
            ? 'if training had 0 to 1, add --preprocess scale=0.5 --preprocess offset=0.5'
            : undefined;
  const order = channels?.length === 3 ? '; if it had the channels as BGR, add --preprocess channels=bgr' : '';
  return `${prepared}${cause === undefined ? '' : `: ${cause}`}${order}`;
}
