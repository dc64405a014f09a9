// How far what was measured lies from the limits of the profile, and whether chance alone may have put it on its side.
import { confidencePercent } from '../statistics/student.js';
import type { Interval } from '../statistics/interval.js';
import type { SchemePlace } from '../schemes/wanted-schemes.js';
import type { Decisions } from './decision-tally.js';
import type { OutputComparison } from './output-comparison.js';

/** Fewer labelled samples than this make a percentage point a matter of chance. */
export const enoughForPoints = 100;

type Limits = NonNullable<SchemePlace['limits']>;
type LimitName = 'accuracyDropPoints' | 'agreementPercent';

/** Of one output and one limit on its decisions; `value`, `low` and `high` in the unit of the limit, at 95 %. */
export interface LimitCheck extends Interval {
  readonly output: string;
  readonly limit: LimitName;
  readonly allowed: number;
  readonly value: number;
  /** What was measured is on the right side. */
  readonly kept: boolean;
  /** On other samples of the same kind it may be on the other one. */
  readonly withinChance: boolean;
}

export function limitChecks({ name, top1, threshold }: OutputComparison, limits: Limits): LimitCheck[] {
  const { accuracyDropPoints, agreementPercent } = limits;
  const judged = top1 ?? threshold;
  const { difference, agree } = judged?.chance ?? {};
  const check = (
    limit: LimitName,
    allowed: number,
    own: Omit<LimitCheck, 'output' | 'limit' | 'allowed' | 'withinChance'>,
  ) => ({ output: name, limit, allowed, ...own, withinChance: own.low <= allowed && allowed <= own.high });
  const found: LimitCheck[] = [];
  if (accuracyDropPoints !== undefined && difference !== undefined && judged!.labelled >= enoughForPoints) {
    const value = dropPoints(judged!);
    const interval = { low: -100 * difference.high, high: -100 * difference.low };
    found.push(
      check('accuracyDropPoints', accuracyDropPoints, { value, ...interval, kept: value <= accuracyDropPoints }),
    );
  }
  if (agreementPercent !== undefined && agree !== undefined && judged!.decisions > 0) {
    const value = (100 * judged!.agree) / judged!.decisions;
    const interval = { low: 100 * agree.low, high: 100 * agree.high };
    found.push(check('agreementPercent', agreementPercent, { value, ...interval, kept: value >= agreementPercent }));
  }
  return found;
}

/** What float has right more often, in points of a hundred. */
export function dropPoints({ labelled, floatRight, quantizedRight }: Decisions): number {
  return (100 * (floatRight - quantizedRight)) / labelled;
}

/** What a refusal by each limit has to say of chance; empty where there is nothing. */
export type NearTexts = { readonly [K in LimitName]: string };

export function nearTexts(checks: readonly LimitCheck[], output: string): NearTexts {
  const of = (limit: LimitName): string => {
    const check = checks.find((each) => each.output === output && each.limit === limit);
    return check?.withinChance === true ? `; that is within chance of the limit, ${intervalText(check)}` : '';
  };
  return { accuracyDropPoints: of('accuracyDropPoints'), agreementPercent: of('agreementPercent') };
}

/** `a loss of 0.2 to 1.4 points at 95 %`. */
export function intervalText({ limit, low, high }: LimitCheck): string {
  const range = `${low.toFixed(1)} to ${high.toFixed(1)}`;
  return limit === 'accuracyDropPoints'
    ? `a loss of ${range} points at ${confidencePercent} %`
    : `${range} % at ${confidencePercent} %`;
}
