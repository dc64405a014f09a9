// The way out for a layer that has no kernel in the numbers of a scheme: other schemes, each tried.
import { WherryError } from '@wherry/graph';
import { checkGraph, lackingArithmetic, type SchemeName } from '@wherry/profiles';
import { schemeNames } from '@wherry/quantizer';
import { pipelineDiagnostics } from '../diagnostics.js';
import { foresee } from '../foresee.js';
import type { Asked } from '../refuse.js';
import { schemeOptions } from './scheme-options.js';
import { placeOf } from './wanted-schemes.js';

/**
 * A refusal QUANT_NO_KERNEL with the schemes in which the target computes the model, or with what its runtime says of the
 * operator where it has none at all; any other refusal as it is. `tried`: schemes that are known to be refused.
 */
export function withoutKernel(asked: Asked, tried: readonly SchemeName[], refusal: WherryError): WherryError {
  if (refusal.definition.code !== 'QUANT_NO_KERNEL') return refusal;
  const lacking = checkGraph(asked.target, asked.optimized).find(({ code }) => code === 'PROFILE_OPERATOR_UNSUPPORTED');
  if (lacking !== undefined) return new WherryError(pipelineDiagnostics.TARGET_CANNOT_RUN, lacking, { cause: refusal });
  const others = schemeNames.filter((scheme) => !tried.includes(scheme) && computes(asked, scheme));
  if (others.length === 0) return refusal;
  const { details } = refusal;
  const next = `choose ${others.map((scheme) => `--scheme ${scheme}`).join(' or ')}; or ${details.next}`;
  return new WherryError(refusal.definition, { ...details, next }, { cause: refusal });
}

function computes(asked: Asked, scheme: SchemeName): boolean {
  if (lackingArithmetic(asked.target.profile, scheme) !== undefined) return false;
  try {
    const place = placeOf(asked.target.profile, scheme);
    return foresee(asked.optimized, asked, place, schemeOptions(asked.request, asked.target, scheme)) !== undefined;
  } catch (error) {
    if (error instanceof WherryError) return false;
    throw error;
  }
}
