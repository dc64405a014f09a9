// deploy.config.json as a JSON object, before anything in it is looked at.
import { WherryError } from '@wherry/graph';
import { parseStrictJson } from '@wherry/profiles';
import { configDiagnostics } from './config-diagnostics.js';
import { readRegularFile } from '../inputs/read-regular-file.js';

export const defaultConfigFile = 'deploy.config.json';
const greatestBytes = 1 << 20;

export interface ConfigFile {
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * `file` must be there when it is named; the default file need not be. Throws CONFIG_UNREADABLE, CONFIG_DENIED, CONFIG_JSON
 * and CONFIG_INVALID.
 */
export async function readConfigFile(file: string | undefined): Promise<ConfigFile | undefined> {
  const path = file ?? defaultConfigFile;
  const text = await readText(path, file === undefined);
  return text === undefined ? undefined : parseConfigFile(text, path);
}

/** `text` is that of the file. Throws CONFIG_JSON and CONFIG_INVALID. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const value = parseStrictJson(text, path, configDiagnostics.CONFIG_JSON);
  if (!isObject(value))
    throw new WherryError(configDiagnostics.CONFIG_INVALID, {
      what: 'it does not hold an object',
      where: path,
      next: 'write { "model": ..., "profile": ... }',
    });
  return { path, value };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readText(path: string, isDefault: boolean): Promise<string | undefined> {
  const read = await readRegularFile(path, greatestBytes);
  if (!(read instanceof Uint8Array)) {
    if (isDefault && read.kind === 'missing') return undefined;
    const instead = isDefault
      ? `, or move ${defaultConfigFile} away: it is read because it stands in the current folder`
      : ', or leave --config away';
    throw new WherryError(configDiagnostics[read.kind === 'denied' ? 'CONFIG_DENIED' : 'CONFIG_UNREADABLE'], {
      what: read.what,
      where: path,
      next: `${read.kind === 'too large' ? 'keep settings in it, not data' : isDefault && read.kind === 'not a file' ? 'put a JSON file in its place' : read.next}${instead}`,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(read);
  } catch (error) {
    throw new WherryError(
      configDiagnostics.CONFIG_JSON,
      { what: 'it is not text in UTF-8', where: path, next: 'save it as UTF-8 (editors call it an encoding)' },
      { cause: error },
    );
  }
}
