// A baseline as a document: canonical JSON with one metric a line, so that a difference in git is a list of what moved.
import { WherryError } from '@wherry/graph';
import { parseStrictJson } from '@wherry/profiles';
import { isObject } from '../config/config-file.js';
import { regressionDiagnostics } from './diagnostics.js';
import { linkOf, type Metric, type MetricValue } from './metric.js';
import type { Tier } from './tier.js';

/** Values by key, in the order of the chain. */
export type Metrics = ReadonlyMap<string, MetricValue>;

/** What was measured with one toolchain, or one firmware. */
export type Series = ReadonlyMap<string, Metrics>;

export interface Baseline {
  /** The file that describes the project, as `baselinePlace` names it: others may lie beside it. */
  readonly project: string;
  readonly model: string;
  readonly profile: string;
  readonly host?: Metrics | undefined;
  readonly emu?: Series | undefined;
  readonly hw?: Series | undefined;
}

export const noSeries: Series = new Map();

export function metricsOf(metrics: readonly Metric[]): Metrics {
  const values = new Map(metrics.map(({ key, value }) => [key as string, value]));
  if (values.size !== metrics.length) throw new RangeError('two metrics have one key');
  return values;
}

/** Ends with a line feed. */
export function baselineText({ project, model, profile, host, emu, hw }: Baseline): string {
  const parts = [
    '"schemaVersion": 1',
    ...Object.entries({ project, model, profile }).map(([key, name]) => `"${key}": ${JSON.stringify(name)}`),
    ...(host === undefined ? [] : [`"host": ${lines(host, '  ')}`]),
    ...seriesText('emu', emu),
    ...seriesText('hw', hw),
  ];
  return `{\n${parts.map((part) => `  ${part}`).join(',\n')}\n}\n`;
}

function seriesText(name: Exclude<Tier, 'host'>, series: Series | undefined): readonly string[] {
  if (series === undefined || series.size === 0) return [];
  const each = [...series]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, metrics]) => `    ${JSON.stringify(id)}: ${lines(metrics, '    ')}`);
  return [`"${name}": {\n${each.join(',\n')}\n  }`];
}

function lines(metrics: Metrics, indent: string): string {
  const each = [...metrics].map(([key, value]) => `${indent}  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${each.join(',\n')}\n${indent}}`;
}

/** `where`: the file. Throws BASELINE_INVALID. */
export function parseBaseline(text: string, where: string): Baseline {
  const value = parseStrictJson(text, where, regressionDiagnostics.BASELINE_INVALID);
  if (!isObject(value)) throw invalid('it does not hold an object', where);
  const { schemaVersion, project, model, profile, host, emu, hw, ...rest } = value;
  const [unknown] = Object.keys(rest);
  if (schemaVersion !== 1)
    throw invalid(`it is of schema version ${JSON.stringify(schemaVersion)}, and this tool reads 1`, where);
  if (typeof project !== 'string' || typeof model !== 'string' || typeof profile !== 'string')
    throw invalid('it names no project, no model or no profile', where);
  if (unknown !== undefined) throw invalid(`it has a part "${unknown}"`, where);
  return {
    ...{ project, model, profile },
    ...(host === undefined ? {} : { host: parseMetrics(host, where) }),
    ...(emu === undefined ? {} : { emu: parseSeries(emu, where) }),
    ...(hw === undefined ? {} : { hw: parseSeries(hw, where) }),
  };
}

function parseSeries(value: unknown, where: string): Series {
  if (!isObject(value)) throw invalid('a series is no object', where);
  return new Map(Object.entries(value).map(([id, metrics]) => [id, parseMetrics(metrics, where)]));
}

function parseMetrics(value: unknown, where: string): Metrics {
  if (!isObject(value)) throw invalid('metrics are no object', where);
  return new Map(
    Object.entries(value).map(([key, metric]) => {
      if (linkOf(key) === undefined) throw invalid(`"${key}" is of no part of the chain`, where);
      if (!isMetricValue(metric)) throw invalid(`"${key}" has no value that a metric can have`, where);
      return [key, metric];
    }),
  );
}

function isMetricValue(value: unknown): value is MetricValue {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (!isObject(value)) return false;
  const { median, mad, windows } = value;
  return [median, mad, windows].every((each) => typeof each === 'number') && Object.keys(value).length === 3;
}

function invalid(what: string, where: string): WherryError {
  return new WherryError(regressionDiagnostics.BASELINE_INVALID, {
    what,
    where,
    next: 'take the file out of git as it was, or remove it and run `deploy test --update`',
  });
}
