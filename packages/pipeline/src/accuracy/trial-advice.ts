// How another preparation of the inputs, which the float model is right with, is brought about: for all data, or for what is evaluated.
import type { InputSummary, Preprocessing } from '@wherry/calibration-data';

/** What the evaluation samples would have to be. */
export interface NeededChange {
  /** Goes after "with". */
  readonly how: string;
  /** Undefined where no setting does it. */
  readonly settings: Preprocessing | undefined;
  /** What to do where no setting does it. */
  readonly next?: string;
  /** Of each value; undefined where values are only moved to other places. */
  readonly linear?: { readonly factor: number; readonly offset: number };
}

export interface TrialAdvice {
  readonly next: string;
  /** It is the evaluation samples alone that have to be changed. */
  readonly isEvaluationAlone: boolean;
}

type Reach = Pick<InputSummary, 'min' | 'max'>;

/** Ends that lie apart by this part of the wider range are those of other data. */
const apart = 0.5;

/** `calibration`: undefined where it is the same set. */
export function trialAdvice(
  change: NeededChange,
  declared: Preprocessing,
  evaluation: Reach,
  calibration: Reach | undefined,
): TrialAdvice {
  const forAll = change.next ?? settingAdvice(change.settings!, declared);
  if (calibration === undefined) return { next: forAll, isEvaluationAlone: false };
  const { how, linear } = change;
  if (linear === undefined)
    return {
      next: `${forAll}, if it is so in the calibration data as well: otherwise store the evaluation data with ${how}`,
      isEvaluationAlone: false,
    };
  const changed = changedBy(linear, evaluation);
  const [now, then] = [distance(evaluation, calibration), distance(changed, calibration)];
  if (now <= then && now <= apart) return { next: forAll, isEvaluationAlone: false };
  if (then <= apart)
    return {
      next: `store the evaluation data with ${how}, as the calibration data is (${span(calibration)}): --preprocess would act on both`,
      isEvaluationAlone: true,
    };
  return {
    next: `store the evaluation data with ${how}, and bring the calibration data (${span(calibration)}) to the same: --preprocess would act on both`,
    isEvaluationAlone: false,
  };
}

function changedBy({ factor, offset }: NonNullable<NeededChange['linear']>, { min, max }: Reach): Reach {
  return { min: min * factor + offset, max: max * factor + offset };
}

/** Of their ends, as a part of the wider one. */
function distance(one: Reach, other: Reach): number {
  const widest = Math.max(one.max - one.min, other.max - other.min);
  return widest === 0 ? 0 : Math.max(Math.abs(one.min - other.min), Math.abs(one.max - other.max)) / widest;
}

function span({ min, max }: Reach): string {
  return `${Number(min.toPrecision(4))} to ${Number(max.toPrecision(4))}`;
}

/** In the order in which they are done; channels go with any of them. */
const order = ['divideBy', 'scale', 'offset', 'mean', 'std'] as const;

/** A setting acts after those that are declared only if it comes behind them. */
function settingAdvice(settings: Preprocessing, declared: Preprocessing): string {
  const { divideBy, scale, channels } = declared;
  if (settings.channels === 'bgr' && channels === 'bgr') return 'leave out --preprocess channels=bgr';
  if (divideBy !== undefined && settings.scale === divideBy && settings.offset === undefined)
    return `leave out --preprocess divideBy=${divideBy}: the values are divided already`;
  if (scale !== undefined && settings.divideBy === scale && declared.offset === undefined)
    return `leave out --preprocess scale=${scale}`;
  const words = Object.entries(settings)
    .map(([key, value]) => `--preprocess ${key}=${String(value)}`)
    .join(' ');
  const first = order.findIndex((key) => settings[key] !== undefined);
  const behind = order.some((key, i) => i >= first && declared[key] !== undefined);
  return first >= 0 && behind
    ? `change the declared preprocessing, so that after it ${words.replaceAll('--preprocess ', '')} is done as well`
    : `add ${words}`;
}
