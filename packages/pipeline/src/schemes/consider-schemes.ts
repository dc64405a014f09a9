// What shapes and kernel tables say of each scheme before any data is read: illegal, too large at the least, or open.
import { WherryError } from '@wherry/graph';
import type { SelectOptions } from '@wherry/quantizer';
import { fits } from '../fit.js';
import { foresee, type Foreseen } from '../foresee.js';
import type { Asked } from '../refuse.js';
import { onOtherRuntime } from '../remedies/on-other-runtime.js';
import { refusedEnds } from './refused-ends.js';
import { schemeOptions } from './scheme-options.js';
import type { SchemePlace } from './wanted-schemes.js';
import { withoutKernel } from './without-kernel.js';

/** The target can compute the model in it. */
export interface LegalScheme {
  readonly place: SchemePlace;
  readonly options: SelectOptions;
  readonly foreseen: Foreseen;
  readonly refusal?: undefined;
}

export type ConsideredScheme =
  | LegalScheme
  /** It cannot be computed on the target. */
  | {
      readonly place: SchemePlace;
      readonly options: SelectOptions;
      readonly refusal: WherryError;
      readonly foreseen?: undefined;
    };

export function considerSchemes(asked: Asked, wanted: readonly SchemePlace[]): readonly ConsideredScheme[] {
  const considered = wanted.map((place): ConsideredScheme => {
    const options = schemeOptions(asked.request, asked.target, place.scheme);
    try {
      return { place, options, foreseen: foresee(asked.optimized, asked, place, options) };
    } catch (error) {
      if (error instanceof WherryError) return { place, options, refusal: refusedEnds(error, asked, place) };
      throw error;
    }
  });
  if (considered.some(isLegal)) return considered;
  const tried = wanted.map(({ scheme }) => scheme);
  return considered.map((each) =>
    isLegal(each)
      ? each
      : { ...each, refusal: onOtherRuntime({ ...asked, ...each }, withoutKernel(asked, tried, each.refusal)) },
  );
}

export function isLegal(considered: ConsideredScheme): considered is LegalScheme {
  return considered.foreseen !== undefined;
}

/** It is legal, and what is known by now of its size does not speak against it. */
export function isOpen(considered: ConsideredScheme): considered is LegalScheme {
  const { foreseen } = considered;
  return foreseen !== undefined && (fits(foreseen.least) || !foreseen.isBound);
}
