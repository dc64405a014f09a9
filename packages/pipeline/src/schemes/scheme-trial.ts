// What became of a scheme that was considered, for the report.
import type { WherryError } from '@wherry/graph';
import type { SchemeName } from '@wherry/profiles';
import type { Fit, Mix } from '../deployment.js';

/** `passed by`: it would have done, and there was room for more precision; `not tried`: one before it was chosen. */
export type SchemeVerdict = 'chosen' | 'illegal' | 'does not fit' | 'too inaccurate' | 'passed by' | 'not tried';

export interface SchemeTrial {
  readonly scheme: SchemeName;
  /** Layers that are computed in a scheme of more precision; null where none is. */
  readonly mixed: { readonly with: SchemeName; readonly layers: number; readonly of: number } | null;
  readonly verdict: SchemeVerdict;
  /** The limit that it broke, with the layer or the setting; null where none was. */
  readonly why: string | null;
  /** Code of the diagnostic that says more; null where there is none. */
  readonly code: string | null;
  readonly fit: Fit | null;
  /** Of the first output, on the samples that accuracy is measured on; null where that was not measured. */
  readonly sqnrDb: number | null;
}

interface Told {
  readonly refusal?: WherryError | undefined;
  readonly fit?: Fit | undefined;
  readonly sqnrDb?: number | undefined;
  readonly mix?: Mix | null;
}

export function trialOf(scheme: SchemeName, verdict: SchemeVerdict, told: Told = {}): SchemeTrial {
  const { refusal, fit, sqnrDb, mix } = told;
  return {
    scheme,
    mixed: mix ? { with: mix.high, layers: mix.raised.length, of: mix.of } : null,
    verdict,
    why: refusal === undefined ? null : whyOf(refusal),
    code: refusal?.definition.code ?? null,
    fit: fit ?? null,
    sqnrDb: sqnrDb === undefined || !Number.isFinite(sqnrDb) ? null : sqnrDb,
  };
}

function whyOf({ details: { what, where } }: WherryError): string {
  return where === undefined ? what : `${what} (${where})`;
}
