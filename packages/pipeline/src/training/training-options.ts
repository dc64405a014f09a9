// The options of a training as they are given, checked one by one.
import { WherryError } from '@wherry/graph';
import {
  lossNames,
  optimizerNames,
  rangeTrainings,
  scheduleNames,
  trainingDefaults,
  type Augmentation,
  type TrainingSettings,
} from '@wherry/trainer/training-settings';
import { pipelineDiagnostics } from '../diagnostics.js';
import type { TrainingRequest } from './training-request.js';

export { lossNames, optimizerNames, rangeTrainings, scheduleNames, trainingDefaults };

/** What is no number stays the word that was given. */
type Given = number | string;

export interface TrainingOptions {
  readonly data?: string;
  readonly epochs?: Given;
  readonly batch?: Given;
  readonly rate?: Given;
  readonly optimizer?: string;
  readonly schedule?: string;
  readonly warmup?: Given;
  readonly loss?: string;
  readonly temperature?: Given;
  readonly ranges?: string;
  readonly patience?: Given;
  /** Words `key=value`, or `flip`. */
  readonly augment?: readonly string[];
  readonly sparsity?: Given;
  readonly keepZeros?: boolean;
  readonly seed?: Given;
  readonly checkpoint?: string;
}

interface Rule {
  readonly holds: (value: unknown) => boolean;
  readonly wants: string;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isWhole = (least: number): Rule => ({
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  wants: `a whole number, ${least} or more`,
});
const isOneOf = (choices: readonly string[]): Rule => ({
  holds: (value) => choices.includes(value as string),
  wants: choices.join(', '),
});

const rules: { readonly [K in Exclude<keyof TrainingSettings, 'augmentation'>]: Rule } = {
  epochs: isWhole(1),
  batch: isWhole(1),
  rate: { holds: (value) => isNumber(value) && value > 0 && value <= 1, wants: 'a number above 0, at most 1' },
  optimizer: isOneOf(optimizerNames),
  schedule: isOneOf(scheduleNames),
  warmup: isWhole(0),
  loss: isOneOf(lossNames),
  temperature: { holds: (value) => isNumber(value) && value > 0, wants: 'a number above 0' },
  ranges: isOneOf(rangeTrainings),
  patience: isWhole(1),
  sparsity: { holds: (value) => isNumber(value) && value >= 0 && value < 1, wants: 'a number from 0 to less than 1' },
  keepZeros: { holds: (value) => typeof value === 'boolean', wants: 'nothing behind it' },
  seed: isWhole(0),
};

/** Throws ARGUMENTS_INVALID. */
export function trainingRequestOf({ data, checkpoint, augment, ...given }: TrainingOptions): TrainingRequest {
  const settings = { ...trainingDefaults, ...given, augmentation: augmentationOf(augment ?? []) } as TrainingSettings;
  for (const [name, { holds, wants }] of Object.entries(rules)) {
    const value = settings[name as keyof typeof rules];
    if (!holds(value)) refuse(`--${dashed(name)} is ${JSON.stringify(value)}`, `give ${wants}`);
  }
  if (settings.warmup >= settings.epochs && settings.warmup > 0 && given.warmup !== undefined)
    refuse(`--warmup is ${settings.warmup} of ${settings.epochs} epochs`, 'leave epochs behind it');
  return {
    settings: { ...settings, warmup: Math.min(settings.warmup, settings.epochs - 1) },
    ...(data === undefined ? {} : { data }),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

const augmentations: { readonly [K in Exclude<keyof Augmentation, 'flip'>]: Rule } = {
  shift: isWhole(1),
  noise: { holds: (value) => isNumber(value) && value > 0 && value <= 1, wants: 'a share above 0, at most 1' },
  gain: { holds: (value) => isNumber(value) && value > 0 && value < 1, wants: 'a share above 0, less than 1' },
};

function augmentationOf(words: readonly string[]): Augmentation {
  const found: Record<string, number | boolean> = {};
  for (const word of words) {
    const [name = '', text] = word.split('=');
    if (name in found) refuse(`--augment names ${name} twice`, 'name it once');
    if (word === 'flip') {
      found['flip'] = true;
      continue;
    }
    const rule = augmentations[name as keyof typeof augmentations];
    if (rule === undefined) refuse(`--augment is "${word}"`, 'give flip, shift=N, noise=SHARE or gain=SHARE');
    const value = text === undefined || text === '' ? Number.NaN : Number(text);
    if (!rule.holds(value)) refuse(`--augment is "${word}"`, `give ${rule.wants} behind ${name}=`);
    found[name] = value;
  }
  return found;
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function refuse(what: string, next: string): never {
  throw new WherryError(pipelineDiagnostics.ARGUMENTS_INVALID, { what, where: 'the command line', next });
}
