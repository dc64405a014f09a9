// deploy.config.json: the same settings as the command line, checked key by key.
import { readFile } from 'node:fs/promises';
import { checkPreprocessing } from '@wherry/calibration-data';
import { WherryError } from '@wherry/graph';
import { nearestName, parseStrictJson } from '@wherry/profiles';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { DeploySettings } from './deploy-settings.js';

const defaultFile = 'deploy.config.json';
const greatestBytes = 1 << 20;

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string' && value.length > 0;
const isOneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    choices.includes(value as string);

/** What each key may hold, in the words of the error. */
const keys: {
  readonly [K in Exclude<keyof DeploySettings, 'preprocess'>]: { readonly holds: Check; readonly wants: string };
} = {
  model: { holds: isString, wants: 'a path' },
  profile: { holds: isString, wants: 'the id of a device profile' },
  calibration: { holds: isString, wants: '[FORMAT:]PATH' },
  evaluation: { holds: isString, wants: '[FORMAT:]PATH' },
  preprocessing: { holds: (value) => typeof value === 'object' && value !== null, wants: 'an object' },
  samples: { holds: (value) => Number.isSafeInteger(value) && (value as number) > 0, wants: 'a whole number above 0' },
  method: {
    holds: isOneOf('auto', 'min-max', 'moving-average', 'percentile', 'mse'),
    wants: 'auto, min-max, moving-average, percentile or mse',
  },
  percentile: {
    holds: (value) => typeof value === 'number' && value > 50 && value <= 100,
    wants: 'a number above 50, at most 100',
  },
  biasCorrection: { holds: (value) => typeof value === 'boolean', wants: 'true or false' },
  equalization: { holds: (value) => typeof value === 'boolean', wants: 'true or false' },
  compactMatrices: { holds: (value) => typeof value === 'boolean', wants: 'true or false' },
  inputType: { holds: isOneOf('int8', 'float32'), wants: 'int8 or float32' },
  outputType: { holds: isOneOf('int8', 'float32'), wants: 'int8 or float32' },
  labels: {
    holds: (value) => Array.isArray(value) && value.length > 0 && value.every(isString),
    wants: 'a list of names',
  },
  symbol: { holds: isString, wants: 'a C identifier' },
  out: { holds: isString, wants: 'a folder' },
};

/** `file` must be there when it is named; the default file need not be. Paths in it start at the current folder. */
export async function readDeployConfig(file: string | undefined): Promise<DeploySettings> {
  const path = file ?? defaultFile;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (file === undefined && error.code === 'ENOENT') return undefined;
    return refuse(`it cannot be read: ${error.code ?? error.message}`, path, 'check the path given with --config');
  });
  if (text === undefined) return {};
  if (text.length > greatestBytes)
    refuse(`it has more than ${greatestBytes} characters`, path, 'keep settings in it, not data');
  const value = parseStrictJson(text, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse('it does not hold an object', path, 'write { "model": ..., "profile": ... }');
  checkSettings(value as Readonly<Record<string, unknown>>, path);
  return value as DeploySettings;
}

/** Also what the command line said goes through here: one set of rules. */
export function checkSettings(settings: Readonly<Record<string, unknown>>, where: string): void {
  for (const [key, value] of Object.entries(settings)) {
    if (key === '$schema') continue;
    if (!Object.hasOwn(keys, key)) {
      const meant = nearestName(key, Object.keys(keys));
      refuse(
        `there is no setting "${key}"`,
        where,
        meant === null ? `choose from ${Object.keys(keys).join(', ')}` : `did you mean "${meant}"?`,
      );
    }
    const { holds, wants } = keys[key as keyof typeof keys];
    if (!holds(value)) refuse(`${key} is ${shown(value)}`, where, `give ${wants}`);
  }
  if (settings['preprocessing'] !== undefined) checkPreprocessing(settings['preprocessing']);
}

function shown(value: unknown): string {
  return (Number.isNaN(value) ? 'not a number' : JSON.stringify(value)).slice(0, 60);
}

function refuse(what: string, where: string, next: string): never {
  throw new WherryError(pipelineDiagnostics.CONFIG_INVALID, { what, where, next });
}
