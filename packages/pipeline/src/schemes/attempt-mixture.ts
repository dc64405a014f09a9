// After a scheme that broke a limit: the same with some layers in another scheme of the profile, where that is what it lacks.
import { schemes, type SchemeName } from '@wherry/quantizer';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import type { Asked } from '../refuse.js';
import type { LegalScheme } from './consider-schemes.js';
import { searchMixture } from './mix-search.js';
import type { TriedScheme } from './try-made.js';

export interface Broken {
  readonly tried: TriedScheme;
  readonly one: LegalScheme;
  /** Those that the profile would take after it, and that may be too large for the whole model. */
  readonly later: readonly LegalScheme[];
}

/** Undefined where there is nothing to mix, or no mixture was found. */
export async function attemptMixture(
  engine: RunEngine,
  asked: Asked,
  prepared: Prepared,
  { tried, one, later }: Broken,
  progress: ProgressSink,
): Promise<TriedScheme | undefined> {
  if (tried.refusal === undefined) return undefined;
  const { selection } = tried.sized.quantized;
  if (tried.trial.verdict === 'too inaccurate' && selection !== null) {
    // The least step up first.
    for (const high of later.filter((other) => precisionOf(other.place.scheme) > precisionOf(one.place.scheme))) {
      const request = { low: one.place.scheme, high: high.place.scheme, until: 'accuracy', selection } as const;
      const found = await searchMixture(engine, { ...asked, ...one }, prepared, request, progress);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (tried.trial.verdict === 'does not fit' && selection !== null) {
    const low = later.find((other) => precisionOf(other.place.scheme) < precisionOf(one.place.scheme));
    if (low === undefined) return undefined;
    const request = { low: low.place.scheme, high: one.place.scheme, until: 'memory', selection } as const;
    return searchMixture(engine, { ...asked, ...low, place: one.place }, prepared, request, progress);
  }
  return undefined;
}

/** By what flows between layers; weights of 4 bits are the least. */
function precisionOf(scheme: SchemeName): number {
  const { activations, weights } = schemes[scheme];
  if (activations.kind === 'real') return 3;
  if (activations.dtype === 'int16') return 2;
  return weights.kind === 'affine' && weights.dtype === 'int4' ? 0 : 1;
}
