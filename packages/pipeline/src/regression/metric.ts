// A metric: one thing that a baseline holds of a model on a device.

/** What a model goes through, in order: where one moves, those behind it mostly do. */
export const links = ['input', 'import', 'plan', 'bytes', 'numbers', 'memory', 'time'] as const;
export type Link = (typeof links)[number];

/** The median of several windows and how far they are from it: the median of the distances. */
export interface Spread {
  readonly median: number;
  readonly mad: number;
  readonly windows: number;
}

export type MetricValue = string | number | boolean | null | Spread;

/**
 * `exact`: any change is one. `higher` and `lower`: a ratchet, which of the two is better. `statistical`: lower is better, and
 * a difference that chance explains is none.
 */
export type MetricClass = 'exact' | 'higher' | 'lower' | 'statistical';

export interface Metric {
  /** `LINK.WHAT`: the link in front of the first point. */
  readonly key: `${Link}.${string}`;
  readonly value: MetricValue;
  readonly class: MetricClass;
}

export function exact(key: Metric['key'], value: MetricValue): Metric {
  return { key, value, class: 'exact' };
}

/** Undefined where it begins with none. */
export function linkOf(key: string): Link | undefined {
  return links.find((link) => key.startsWith(`${link}.`));
}

/** Digits that count of what is computed in floats: the last ones are those of a library of the machine. */
const digits = 6;

export function rounded(value: number): number {
  return Number(value.toPrecision(digits));
}
