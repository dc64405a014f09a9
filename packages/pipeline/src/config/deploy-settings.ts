// Settings as they are given, in part, by a file or the command line, and the whole request that they come to.
import { parsePreprocessing, type Preprocessing } from '@wherry/calibration-data';
import type { LayoutName } from '@wherry/firmware-layouts';
import { WherryError } from '@wherry/graph';
import type { ArrayFormat, IoType, PortableRuntime, SchemeName } from '@wherry/profiles';
import { defaultBudgetSeconds } from '@wherry/quantizer';
import type { DeployRequest } from '../deployment.js';

import { pipelineDiagnostics } from '../diagnostics.js';
import { checkSettings, settingKeys } from './deploy-config.js';
import { secondsOf } from './duration.js';

export interface DeploySettings {
  readonly model?: string;
  readonly profile?: string;
  readonly runtime?: PortableRuntime;
  readonly calibration?: string;
  readonly evaluation?: string;
  readonly preprocessing?: Preprocessing;
  /** `key=value` words of the command line; they replace `preprocessing`. */
  readonly preprocess?: readonly string[];
  readonly samples?: number;
  readonly method?: DeployRequest['method'];
  readonly percentile?: number;
  readonly biasCorrection?: boolean;
  readonly equalization?: boolean;
  readonly rounding?: DeployRequest['rounding'];
  readonly weightClipping?: boolean;
  /** As `10s`, see `secondsOf`. */
  readonly budget?: string;
  readonly compactMatrices?: boolean;
  readonly scheme?: SchemeName;
  readonly inputType?: IoType;
  readonly outputType?: IoType;
  readonly labels?: readonly string[];
  readonly task?: readonly string[];
  readonly name?: string;
  readonly symbol?: string;
  readonly layout?: LayoutName;
  readonly arrayFormat?: ArrayFormat;
  readonly license?: string;
  readonly out?: string;
}

/** Keeps one value in ten thousand out of the range: outliers of that kind are what hurts 8-bit scales most. */
const defaultPercentile = 99.99;

/** What only the user can decide, and how it is given. */
const required = {
  model: { what: 'a model', next: 'name the .keras, .h5, .hdf5 or .tflite file' },
  profile: { what: 'a device profile', next: 'add --profile ID (`deploy profiles` lists them)' },
  calibration: { what: 'calibration data', next: 'add --calibration [FORMAT:]PATH, 100 or more samples' },
  out: { what: 'an output folder', next: 'add --out DIR, or use `deploy plan` to see without writing' },
} as const;

/**
 * Throws REQUEST_INCOMPLETE with everything of `needs` that is missing, ARGUMENTS_INVALID, and SETTING_UNUSED. Where only
 * calibration data is missing, who reads it asks for it, with its formats.
 */
export function requestOf<const Needs extends 'model' | 'profile' | 'out'>(
  settings: DeploySettings,
  needs: readonly Needs[],
): DeployRequest & { readonly [K in Needs]: string } {
  const given = Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => settingKeys.includes(name) && value !== undefined),
  );
  checkSettings(given, undefined);
  requireAll(settings, needs);
  const { preprocess, preprocessing, method, percentile, biasCorrection, equalization, ...others } = settings;
  const { budget, compactMatrices, rounding, weightClipping, ...rest } = others;
  if (percentile !== undefined && method !== 'percentile') refusePercentile(method);
  const isOpen =
    [method, rounding].some((each) => (each ?? 'auto') === 'auto') ||
    [biasCorrection, equalization, weightClipping].includes(undefined);
  if (budget !== undefined && !isOpen) refuseBudget();
  return {
    ...rest,
    preprocessing: preprocess === undefined ? preprocessing : parsePreprocessing(preprocess),
    method: method ?? 'auto',
    percentile: percentile ?? defaultPercentile,
    biasCorrection: biasCorrection ?? 'auto',
    equalization: equalization ?? 'auto',
    rounding: rounding ?? 'auto',
    weightClipping: weightClipping ?? 'auto',
    budgetSeconds: budgetSecondsOf(budget),
    compactMatrices: compactMatrices ?? false,
  } as DeployRequest & { readonly [K in Needs]: string };
}

/** Of `10s` and its like. Throws ARGUMENTS_INVALID. */
export function budgetSecondsOf(budget: string | undefined): number {
  if (budget === undefined) return defaultBudgetSeconds;
  checkSettings({ budget }, undefined);
  return secondsOf(budget)!;
}

/** What is given and would decide nothing is a mistake of one of the two. */
function refusePercentile(method: DeploySettings['method']): never {
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `percentile is given and the method is ${method ?? 'auto'}, which does not use it`,
    next: 'leave the percentile away, or give --method percentile with it where ranges are chosen: for a float model, in a scheme of integers',
  });
}

function refuseBudget(): never {
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: 'a budget for choosing is given, and method, bias correction, equalization, rounding and weight clipping are all decided',
    next: 'leave the budget away, or, for a float model in a scheme of integers, one of them open, such as --method auto',
  });
}

function requireAll(settings: DeploySettings, needs: readonly ('model' | 'profile' | 'out')[]): void {
  const lacks = (name: keyof typeof required): boolean => settings[name] === undefined;
  if (!needs.some(lacks)) return;
  const all: readonly (keyof typeof required)[] = ['model', 'profile', 'calibration', 'out'];
  const missing = all
    .filter((name) => lacks(name) && (name === 'calibration' || needs.includes(name)))
    .map((name) => required[name]);
  throw new WherryError(pipelineDiagnostics.REQUEST_INCOMPLETE, {
    what: `${enumeration(missing.map(({ what }) => what))} ${missing.length === 1 ? 'is' : 'are'} missing`,
    next: `${missing.map(({ next }) => next).join('; ')}. \`deploy --help\` shows the rest`,
  });
}

function enumeration(items: readonly string[]): string {
  return items.length === 1 ? items[0]! : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;
}
