// Where a scheme broke a limit: some layers in another scheme of the profile.
import { schemes, type SchemeName } from '@wherry/quantizer';
import type { RunEngine } from '../lanes/run-engine.js';
import type { Prepared } from '../prepare.js';
import type { ProgressSink } from '../progress.js';
import type { Asked } from '../refuse.js';
import type { LookedFor } from './confirm-mixture.js';
import type { LegalScheme } from './consider-schemes.js';
import { searchMixture } from './search-mixture.js';
import type { SchemeTrial } from './scheme-trial.js';
import type { TriedScheme } from './try-made.js';

export const nothingFound: LookedFor = { trials: [] };

export interface Tried {
  readonly tried: TriedScheme;
  readonly one: LegalScheme;
}

/**
 * For accuracy: as few layers as will do in a scheme of more precision, the least step up first. `later`: those that the profile
 * would take after it, and that may be too large for the whole model.
 */
export async function raiseSome(
  engine: RunEngine,
  asked: Asked,
  prepared: Prepared,
  { tried, one }: Tried,
  later: readonly LegalScheme[],
  progress: ProgressSink,
): Promise<LookedFor> {
  if (tried.refusal === undefined || tried.trial.verdict !== 'too inaccurate') return nothingFound;
  const { selection } = tried.sized.quantized;
  const aloneDb = tried.trial.sqnrDb;
  const { scheme: low } = one.place;
  const trials: SchemeTrial[] = [];
  for (const { place } of later) {
    if (selection === null || precisionOf(place.scheme) <= precisionOf(low)) continue;
    const request = { low, high: place.scheme, until: 'accuracy', selection, aloneDb } as const;
    const looked = await searchMixture(engine, { ...asked, ...one }, prepared, request, progress);
    trials.push(...looked.trials);
    if (looked.found !== undefined) return { found: looked.found, trials };
  }
  return { trials };
}

/**
 * For memory: what holds in `one` with as many layers as there is room for in the scheme that the profile would rather have had,
 * and that is too large for the whole model.
 */
export async function lowerSome(
  engine: RunEngine,
  asked: Asked,
  prepared: Prepared,
  { tried, one }: Tried,
  tooLarge: LegalScheme | undefined,
  progress: ProgressSink,
): Promise<LookedFor> {
  const selection = tried.refusal === undefined ? tried.run.quantized.selection : null;
  const { scheme: low } = one.place;
  if (tooLarge === undefined || selection === null) return nothingFound;
  if (precisionOf(tooLarge.place.scheme) <= precisionOf(low)) return nothingFound;
  const request = {
    low,
    high: tooLarge.place.scheme,
    until: 'memory',
    selection,
    aloneDb: tried.trial.sqnrDb,
  } as const;
  return searchMixture(
    engine,
    { ...asked, ...one, place: { ...tooLarge.place, scheme: low } },
    prepared,
    request,
    progress,
  );
}

/** By what flows between layers; weights of 4 bits are the least. */
function precisionOf(scheme: SchemeName): number {
  const { activations, weights } = schemes[scheme];
  if (activations.kind === 'real') return 3;
  if (activations.dtype === 'int16') return 2;
  return weights.kind === 'affine' && weights.dtype === 'int4' ? 0 : 1;
}
