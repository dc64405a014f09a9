// Settings as they are given, in part, by a file or the command line, and the whole request that they come to.
import { parsePreprocessing, type Preprocessing } from '@wherry/calibration-data';
import { WherryError } from '@wherry/graph';
import type { DeployRequest, IoChoice } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';
import { checkSettings } from './deploy-config.js';

export interface DeploySettings {
  readonly model?: string;
  readonly profile?: string;
  readonly calibration?: string;
  readonly evaluation?: string;
  readonly preprocessing?: Preprocessing;
  /** `key=value` words of the command line; they replace `preprocessing`. */
  readonly preprocess?: readonly string[];
  readonly samples?: number;
  readonly method?: DeployRequest['method'];
  readonly percentile?: number;
  readonly biasCorrection?: boolean;
  readonly inputType?: IoChoice;
  readonly outputType?: IoChoice;
  readonly labels?: readonly string[];
  readonly symbol?: string;
  readonly out?: string;
}

/** Keeps one value in ten thousand out of the range: outliers of that kind are what hurts 8-bit scales most. */
const defaultPercentile = 99.99;

const settingNames = [
  'model', 'profile', 'calibration', 'evaluation', 'preprocessing', 'samples', 'method', 'percentile',
  'biasCorrection', 'inputType', 'outputType', 'labels', 'symbol', 'out',
] as const satisfies readonly (keyof DeploySettings)[];

/** Throws REQUEST_INCOMPLETE and CONFIG_INVALID. */
export function requestOf(settings: DeploySettings): DeployRequest {
  const given = Object.fromEntries(settingNames.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]])));
  checkSettings(given, 'the command line');
  const preprocessing = settings.preprocess === undefined ? settings.preprocessing : parsePreprocessing(settings.preprocess);
  return {
    model: settings.model ?? missing('a model', 'name the .h5, .hdf5 or .tflite file: deploy --profile ID MODEL'),
    profile: settings.profile ?? missing('a device profile', 'add --profile ID; `deploy profiles` lists them'),
    calibration: settings.calibration,
    evaluation: settings.evaluation,
    samples: settings.samples,
    preprocessing,
    method: settings.method ?? 'auto',
    percentile: settings.percentile ?? defaultPercentile,
    biasCorrection: settings.biasCorrection ?? 'auto',
    inputType: settings.inputType,
    outputType: settings.outputType,
    symbol: settings.symbol,
    labels: settings.labels,
  };
}

/** Throws REQUEST_INCOMPLETE. */
export function requireOutputFolder(out: string | undefined): string {
  return out ?? missing('an output folder', 'add --out DIR, or use `deploy plan` to see without writing');
}

function missing(what: string, next: string): never {
  throw new WherryError(pipelineDiagnostics.REQUEST_INCOMPLETE, { what: `${what} is missing`, next });
}
