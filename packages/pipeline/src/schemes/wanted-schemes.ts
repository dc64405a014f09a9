// Which quantization schemes a run may take, in which order: what the user asks for, or what the profile prefers.
import { WherryError } from '@wherry/graph';
import {
  lackingArithmetic,
  limitsFrom,
  type DeviceProfile,
  type SchemeName,
  type SchemePreference,
  type Target,
} from '@wherry/profiles';
import type { DeployRequest } from '../deployment.js';
import { pipelineDiagnostics } from '../diagnostics.js';

export interface SchemePlace extends SchemePreference {
  /** Where in the profile's list its limits stand; null where it has none. */
  readonly limitsAt: number | null;
}

/** At least one. Throws PROFILE_SCHEME_UNSUPPORTED for a scheme that nothing on the target computes. */
export function wantedSchemes({ scheme }: Pick<DeployRequest, 'scheme'>, target: Target): readonly SchemePlace[] {
  const { profile } = target;
  if (scheme === undefined) return profile.schemes.map((each) => placeOf(profile, each.scheme));
  requireArithmetic(profile, scheme);
  return [placeOf(profile, scheme)];
}

/** What the profile does not name is held to the limits of what it would rather have. */
export function placeOf({ schemes }: Pick<DeviceProfile, 'schemes'>, scheme: SchemeName): SchemePlace {
  const position = schemes.findIndex((each) => each.scheme === scheme);
  const limitsAt = limitsFrom(schemes, Math.max(position, 0)) ?? null;
  const limits = limitsAt === null ? undefined : schemes[limitsAt]?.limits;
  return { ...schemes[position], scheme, ...(limits && { limits }), limitsAt };
}

/** Where in the profile the limits of a scheme stand, as a JSON pointer. */
export function limitsPointer({ limitsAt }: SchemePlace, limit: string): string {
  return `/schemes/${limitsAt}/limits/${limit}`;
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
