// Which quantization schemes a run may take, in which order: what the user asks for, or what the profile prefers.
import { WherryError } from '@wherry/graph';
import {
  inheritedLimits,
  lackingArithmetic,
  limitsOfScheme,
  type DeviceProfile,
  type SchemeName,
  type SchemePreference,
  type Target,
} from '@wherry/profiles';
import type { DeployRequest } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';

export interface SchemePlace extends SchemePreference {
  /** In the profile's list; null for one that the user asks for and the profile does not name. */
  readonly position: number | null;
}

/** At least one. Throws PROFILE_SCHEME_UNSUPPORTED for a scheme that nothing on the target computes. */
export function wantedSchemes({ scheme }: Pick<DeployRequest, 'scheme'>, target: Target): readonly SchemePlace[] {
  const { profile } = target;
  if (scheme === undefined) return profile.schemes.map((each) => placeOf(profile, each.scheme));
  requireArithmetic(profile, scheme);
  return [placeOf(profile, scheme)];
}

/** What the profile does not name is held to what it asks of the scheme that it would rather have. */
export function placeOf({ schemes }: Pick<DeviceProfile, 'schemes'>, scheme: SchemeName): SchemePlace {
  const position = schemes.findIndex((each) => each.scheme === scheme);
  return position === -1
    ? { scheme, position: null, limits: inheritedLimits(schemes, 1) }
    : { ...schemes[position]!, position, limits: limitsOfScheme(schemes, position) };
}

/** Where in the profile the limits of a scheme stand, as a JSON pointer. */
export function limitsPointer({ position }: SchemePlace, limit: string): string {
  return `/schemes/${position}/limits/${limit}`;
}

function requireArithmetic(profile: DeviceProfile, scheme: SchemeName): void {
  const lacking = lackingArithmetic(profile, scheme);
  if (lacking === undefined) return;
  throw new WherryError(pipelineDiagnostics.PROFILE_SCHEME_UNSUPPORTED, {
    what: `--scheme ${scheme} is asked for, and nothing on ${profile.id} computes with ${lacking}`,
    where: `device profile ${profile.id} (${profile.id}.json, or what it extends) at /arithmetic/${lacking}`,
    next: `leave --scheme away, or choose one of ${profile.schemes.map((each) => each.scheme).join(', ')}`,
  });
}
