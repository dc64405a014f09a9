// The written form of a data source: `[FORMAT:]PATH[?key=value&key=value]`.
import { refuse } from './refuse.js';

export const formatNames = ['npy', 'npz', 'csv', 'idx', 'cifar10', 'raw', 'folder', 'image', 'wav'] as const;
export type FormatName = (typeof formatNames)[number];

/** Plain JSON, fit for a config file and a report. */
export interface DataSourceSpec {
  /** Absent: told from the file. */
  readonly format?: FormatName;
  readonly path: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Reads `[FORMAT:]PATH[?options]`. A prefix is a format only if it names one, so `C:\data.npy` and `a:b.npy` are paths.
 * What follows the last `?` is options only if it reads as `key=value&...`; a path that ends like that takes one more
 * `?`, which then begins an empty list of options. Values may use %XX for `&`, `?` and `%`.
 */
export function parseDataSource(text: string): DataSourceSpec {
  const prefix = /^([a-z0-9]+):/.exec(text)?.[1];
  const format = formatNames.find((name) => name === prefix);
  const rest = format === undefined ? text : text.slice(format.length + 1);
  const question = rest.lastIndexOf('?');
  const tail = question < 0 ? undefined : rest.slice(question + 1);
  const hasOptions =
    tail !== undefined && (tail === '' || /^[A-Za-z][A-Za-z0-9]*=[^&]*(&[A-Za-z][A-Za-z0-9]*=[^&]*)*$/.test(tail));
  const path = hasOptions ? rest.slice(0, question) : rest;
  if (path === '')
    refuse('DATA_OPTION', { what: `"${text}" names no path`, next: 'write FORMAT:PATH, for example npy:samples.npy' });
  const options = hasOptions && tail !== '' ? parseOptions(tail, text) : {};
  return format === undefined ? { path, options } : { format, path, options };
}

/** The inverse of `parseDataSource`. */
export function formatDataSource(spec: DataSourceSpec): string {
  const options = Object.keys(spec.options).map(
    (key) => `${key}=${spec.options[key]!.replace(/[%&?]/g, encodeURIComponent)}`,
  );
  const tail = options.length > 0 ? `?${options.join('&')}` : spec.path.includes('?') ? '?' : '';
  // A path whose own beginning reads as a format gets a prefix that changes nothing.
  const looksPrefixed = spec.format === undefined && parseDataSource(`${spec.path}?`).format !== undefined;
  return `${spec.format === undefined ? '' : `${spec.format}:`}${looksPrefixed ? './' : ''}${spec.path}${tail}`;
}

function parseOptions(tail: string, text: string): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (const pair of tail.split('&')) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, equals);
    if (Object.hasOwn(options, key))
      refuse('DATA_OPTION', { what: `option ${key} is given twice`, where: text, next: 'give it once' });
    try {
      options[key] = decodeURIComponent(pair.slice(equals + 1));
    } catch (error) {
      refuse(
        'DATA_OPTION',
        { what: `the value of ${key} has a lone %`, where: text, next: 'write %25 for a percent sign' },
        error,
      );
    }
  }
  return options;
}
