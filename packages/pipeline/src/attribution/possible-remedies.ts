// What settings may help against a loss, as far as the profile takes them: by the causes that were found.
import type { SchemeName, Target } from '@wherry/profiles';
import { schemes } from '@wherry/quantizer';
import type { DeployRequest } from '../deployment.js';
import type { Attribution } from './attribution.js';
import type { Cause } from './causes.js';

export interface PossibleRemedy {
  /** As it is written on the command line. */
  readonly options: string;
  readonly changes: Partial<
    Pick<DeployRequest, 'method' | 'rounding' | 'weightClipping' | 'equalization' | 'biasCorrection' | 'scheme'>
  >;
}

/** A cause of less than this share is not worth a try. */
const leastShare = 0.05;
const mostTried = 6;

const byCause: Readonly<Record<Cause, readonly PossibleRemedy[]>> = {
  'activation range': [
    { options: '--method mse', changes: { method: 'mse' } },
    { options: '--method percentile', changes: { method: 'percentile' } },
    { options: '--method min-max', changes: { method: 'min-max' } },
  ],
  'weight rounding': [
    { options: '--rounding optimized', changes: { rounding: 'optimized' } },
    { options: 'no --no-bias-correction', changes: { biasCorrection: true } },
    { options: 'no --no-equalization', changes: { equalization: true } },
  ],
  'weight clipping': [{ options: '--no-weight-clipping', changes: { weightClipping: false } }],
  bias: [{ options: '--no-bias-correction', changes: { biasCorrection: false } }],
  'activation rounding': [{ options: 'no --no-equalization', changes: { equalization: true } }],
  data: [],
  conversion: [],
  'rounding mode': [],
  kernel: [],
};

export interface LossInScheme {
  readonly scheme: string;
  /** Layers are computed in several schemes, for which nobody asks by name. */
  readonly isMixed: boolean;
  readonly attribution: Pick<Attribution, 'causes'>;
}

/** Settings that may help in the same scheme, those of the greatest cause first: what falls back on another one mends nothing. */
export function possibleSettings(
  request: DeployRequest,
  { profile }: Target,
  { scheme, isMixed, attribution }: LossInScheme,
): readonly PossibleRemedy[] {
  const found = new Map<string, PossibleRemedy>();
  const worth = attribution.causes.filter(({ share }) => share === null || share >= leastShare);
  for (const { cause } of worth)
    for (const remedy of byCause[cause]) if (changes(request, remedy)) found.set(remedy.options, remedy);
  const some = [...found.values()].slice(0, mostTried);
  if (isMixed) return some;
  const isTold = request.scheme !== undefined || profile.schemes[0]?.scheme === scheme;
  return some.map(({ options, changes: changed }) => ({
    options: isTold ? options : `${options} --scheme ${scheme}`,
    changes: { ...changed, scheme: scheme as SchemeName },
  }));
}

/** The schemes that the profile would take next, in its order: other numbers mend no cause, and take room and time. */
export function possibleSchemes(
  request: DeployRequest,
  { profile }: Target,
  scheme: string,
): readonly PossibleRemedy[] {
  const names = profile.schemes.map((each) => each.scheme);
  return names
    .slice(names.indexOf(scheme as SchemeName) + 1)
    .filter((next) => isTaken(request, next))
    .map((next) => ({ options: `--scheme ${next}`, changes: { scheme: next } }));
}

/** Settings that were decided decide nothing of real activations, and would be refused there. */
function isTaken(request: DeployRequest, scheme: SchemeName): boolean {
  const { method, rounding, weightClipping, equalization, biasCorrection } = request;
  const isOpen = [method, rounding, weightClipping, equalization, biasCorrection].every((each) => each === 'auto');
  return isOpen || schemes[scheme].activations.kind === 'affine';
}

/** What is set so already changes nothing; what was decided by the user and is only to be left open is no flag to give. */
function changes(request: DeployRequest, { changes: changed }: PossibleRemedy): boolean {
  return Object.entries(changed).some(([name, value]) => {
    const now = request[name as keyof typeof changed];
    return value === true ? now === false : now !== value;
  });
}
