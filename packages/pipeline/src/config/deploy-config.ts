// Settings of a file and of the command line, checked key by key by one set of rules.
import { checkPreprocessing } from '@wherry/calibration-data';
import { layoutNames } from '@wherry/firmware-layouts/layout-names';
import { WherryError } from '@wherry/graph';
import { rangeMethods } from '@wherry/quantizer/range-methods';
import { arrayFormats, ioTypes, nearestName, portableRuntimes, schemeNames } from '@wherry/profiles';

import { configDiagnostics } from './config-diagnostics.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { secondsOf } from './duration.js';
import { readTaskWord, taskNames } from '../accuracy/task-names.js';
import { isSpdxExpression } from './spdx-expression.js';
import type { DeploySettings } from './deploy-settings.js';

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string' && value.length > 0;
const isOneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    choices.includes(value as string);

function listed(choices: readonly string[]): string {
  return `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)!}`;
}

/** What each key may hold, in the words of the error. */
const keys: {
  readonly [K in Exclude<keyof DeploySettings, 'preprocess'>]: { readonly holds: Check; readonly wants: string };
} = {
  model: { holds: isString, wants: 'a path' },
  profile: { holds: isString, wants: 'the id of a device profile' },
  runtime: { holds: isOneOf(...portableRuntimes), wants: portableRuntimes.join(' or ') },
  calibration: { holds: isString, wants: '[FORMAT:]PATH' },
  evaluation: { holds: isString, wants: '[FORMAT:]PATH' },
  preprocessing: { holds: (value) => typeof value === 'object' && value !== null, wants: 'an object' },
  samples: { holds: (value) => Number.isSafeInteger(value) && (value as number) > 0, wants: 'a whole number above 0' },
  method: { holds: isOneOf('auto', ...rangeMethods), wants: listed(['auto', ...rangeMethods]) },
  percentile: {
    holds: (value) => typeof value === 'number' && value > 50 && value <= 100,
    wants: 'a number above 50, at most 100',
  },
  biasCorrection: { holds: (value) => typeof value === 'boolean', wants: 'true or false' },
  equalization: { holds: (value) => typeof value === 'boolean', wants: 'true or false' },
  rounding: { holds: isOneOf('auto', 'nearest', 'optimized'), wants: 'auto, nearest or optimized' },
  weightClipping: { holds: (value) => typeof value === 'boolean', wants: 'true or false' },
  budget: {
    holds: (value) => typeof value === 'string' && secondsOf(value) !== undefined,
    wants: 'a time, such as 10s or 2min',
  },
  compactMatrices: { holds: (value) => typeof value === 'boolean', wants: 'true or false' },
  scheme: { holds: isOneOf(...schemeNames), wants: listed(schemeNames) },
  inputType: { holds: isOneOf(...ioTypes), wants: listed(ioTypes) },
  outputType: { holds: isOneOf(...ioTypes), wants: listed(ioTypes) },
  labels: {
    holds: (value) =>
      Array.isArray(value) && value.length > 0 && value.every(isString) && new Set(value).size === value.length,
    wants: 'a list of names, none of them empty, each once',
  },
  task: {
    holds: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((each) => typeof each === 'string' && readTaskWord(each) !== undefined),
    wants: `NAME or OUTPUT=NAME in a list, each NAME ${listed(taskNames)}`,
  },
  name: { holds: isString, wants: 'a name in small letters' },
  symbol: { holds: isString, wants: 'a C identifier' },
  layout: { holds: isOneOf(...layoutNames), wants: listed(layoutNames) },
  arrayFormat: { holds: isOneOf(...arrayFormats), wants: listed(arrayFormats) },
  license: {
    holds: (value) => typeof value === 'string' && isSpdxExpression(value),
    wants: 'a licence as SPDX writes it, such as MIT or LicenseRef-ours',
  },
  out: { holds: isString, wants: 'a folder' },
};

/** Settings that a file and the command line have in common, by their names in the file. */
export const settingKeys: readonly string[] = Object.keys(keys);

/** Of one run and not of a model: these have no place in a file. */
export const runOptions: readonly string[] = [
  'config',
  'dump',
  'engine',
  'json',
  'profiles',
  'quiet',
  'report',
  'workers',
];

/** `file`: where they stand; undefined for the command line, whose words say more about it. */
export function checkSettings(settings: Readonly<Record<string, unknown>>, file: string | undefined): void {
  const refuse = (what: string, next: string): never => {
    const definition = file === undefined ? pipelineDiagnostics.ARGUMENTS_INVALID : configDiagnostics.CONFIG_INVALID;
    throw new WherryError(definition, { what, where: file ?? 'the command line', next });
  };
  for (const [key, value] of Object.entries(settings)) {
    if (key === '$schema') continue;
    if (!Object.hasOwn(keys, key)) refuse(`there is no setting "${key}"`, insteadOf(key));
    const { holds, wants } = keys[key as keyof typeof keys];
    const name = file !== undefined ? key : key === 'model' ? 'the model' : `--${dashed(key)}`;
    if (!holds(value)) refuse(`${name} is ${shown(value)}`, `give ${wants}`);
  }
  if (settings['preprocessing'] !== undefined) checkPreprocessing(settings['preprocessing']);
}

/** What to write in place of a key that does not exist. */
function insteadOf(key: string): string {
  if (key === 'profiles')
    return 'write "profile", or list profiles beside "models" or in one of them; --profiles is a folder';
  if (runOptions.includes(key)) return `give --${key} on the command line: it belongs to a run, not to a model`;
  if (key === 'preprocess') return 'write "preprocessing": { "divideBy": 255 }';
  const meant = nearestName(key, settingKeys);
  return meant === null ? `choose from ${settingKeys.join(', ')}` : `did you mean "${meant}"?`;
}

function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function shown(value: unknown): string {
  const text = Number.isNaN(value) ? 'not a number' : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
