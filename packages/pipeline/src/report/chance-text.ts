// What chance makes of a figure, in words: the interval in brackets, and whether a difference is more than chance.
import type { Difference, Interval } from '../statistics/interval.js';
import { confidencePercent } from '../statistics/student.js';
import { short } from './numbers.js';

/** For the head of figures that have intervals behind them. */
export const intervalWords = `${confidencePercent} % intervals in brackets`;

/** `97.5 % (95.4 to 98.6)`, of a share of decisions. */
export function shareText(right: number, of: number, interval: Interval | undefined): string {
  return `${percentOf(right / of)} %${bracketed(interval, percentOf)}`;
}

/** `0.8714 (0.8120 to 0.9308)`, of an area under a curve. */
export function areaText(area: number, interval: Interval | undefined): string {
  return `${area.toFixed(4)}${bracketed(interval, (value) => value.toFixed(4))}`;
}

/** `-0.5 points (-1.8 to +0.7): within chance`, of shares. */
export function pointsText(difference: Difference): string {
  const points = (value: number): string => signed(value, (size) => (100 * size).toFixed(1));
  return differenceText(difference, points, ' points');
}

export function areaDifferenceText(difference: Difference): string {
  return differenceText(difference, (value) => signed(value, (size) => size.toFixed(4)), '');
}

/** Of errors, in their own unit. */
export function errorDifferenceText(difference: Difference): string {
  return differenceText(difference, (value) => signed(value, short), '');
}

/** In brackets behind an error. */
export function errorText(error: number, interval: Interval | undefined): string {
  return `${short(error)}${bracketed(interval, short)}`;
}

function differenceText(difference: Difference, text: (value: number) => string, unit: string): string {
  return `${text(difference.value)}${unit}${bracketed(difference, text)}: ${verdictText(difference)}`;
}

export function verdictText({ verdict }: Difference): string {
  return verdict === 'within chance' ? verdict : `a ${verdict} beyond chance (${confidencePercent} %)`;
}

function bracketed(interval: Interval | undefined, text: (value: number) => string): string {
  return interval === undefined ? '' : ` (${text(interval.low)} to ${text(interval.high)})`;
}

function percentOf(share: number): string {
  return (100 * share).toFixed(1);
}

/** A plus before gains; none before what rounds to nothing. */
function signed(value: number, text: (size: number) => string): string {
  const size = text(Math.abs(value));
  return Number(size) === 0 ? size : `${value < 0 ? '-' : '+'}${size}`;
}
