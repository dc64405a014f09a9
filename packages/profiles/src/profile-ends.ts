// What a profile's `io` comes to in a scheme: the type that it says where the scheme can give it, otherwise the scheme's own.
import { WherryError } from '@wherry/graph';
import { usableRows } from './check/check-graph.js';
import { profileDiagnostics } from './diagnostics.js';
import type { Target } from './library.js';
import type { IoType, SchemeName } from './scheme-names.js';
import { schemeTypes } from './scheme-types.js';

export type End = 'input' | 'output';
export const ends: readonly End[] = ['input', 'output'];

/** `why`: absent where the profile is followed. */
export type ProfileEnd =
  | { readonly type: IoType; readonly why?: undefined }
  | {
      readonly type: IoType;
      readonly why: string;
      /** The scheme would give it if the runtime had the conversion; otherwise it is not meant for this scheme. */
      readonly isLacking: boolean;
    };

/**
 * Real ends are for every scheme, integers for schemes of integers: those that compute in other ones convert, where the runtime
 * has the QUANTIZE. int8 is for schemes that compute in int8 as long as the list has one: at the ends of int16 it would take away
 * what int16 is chosen for.
 */
export function profileEnd(target: Target, end: End, scheme: SchemeName): ProfileEnd {
  const { profile, kernels } = target;
  const wanted = profile.io[end];
  const type = numbersOf(scheme);
  if (wanted === 'float32' || wanted === type) return { type: wanted };
  if (type === 'float32')
    return { type, why: `${wanted} is for schemes of integers, and ${scheme} computes in float32`, isLacking: false };
  if (wanted === 'int8' && profile.schemes.some((each) => numbersOf(each.scheme) === 'int8'))
    return {
      type,
      why: `int8 is for schemes that compute in int8, and ${scheme} computes in ${type}`,
      isLacking: false,
    };
  const [from, to] = end === 'input' ? [wanted, type] : [type, wanted];
  const converts = usableRows(target, 'QUANTIZE').some(
    (row) => row.activations === from && (row.output ?? row.activations) === to,
  );
  if (converts) return { type: wanted };
  const why = `${scheme} computes in ${type}, and ${kernels.name} ${profile.runtime.from} has no QUANTIZE from ${from} to ${to}`;
  return { type, why, isLacking: true };
}

/** Throws PROFILE_INVALID where no scheme of the list would follow what is said of an end. */
export function requireEndsGiven(target: Target): void {
  const { id, io, schemes, refuses } = target.profile;
  if (refuses !== undefined) return;
  for (const end of ends) {
    const made = schemes.map(({ scheme }) => profileEnd(target, end, scheme));
    if (made.some(({ why }) => why === undefined)) continue;
    throw new WherryError(profileDiagnostics.PROFILE_INVALID, {
      what: `${io[end]} is wanted, and no scheme of the list gives it: ${made.map(({ why }) => why).join('; ')}`,
      where: `${id} at /io/${end}`,
      next: `set it to ${[...new Set(made.map(({ type }) => type))].join(' or ')}, or add a scheme that gives ${io[end]}`,
    });
  }
}

/** Integers that a scheme computes in are those of its activations. */
function numbersOf(scheme: SchemeName): IoType {
  return schemeTypes[scheme].activations as IoType;
}
