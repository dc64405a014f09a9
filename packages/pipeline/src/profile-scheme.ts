// Which of the profile's quantization schemes is made: the first in its order that this version can make.
import type { DeviceProfile, SchemeName, SchemePreference } from '@wherry/profiles';

const made: SchemeName = 'int8';

export interface SchemePlace extends SchemePreference {
  /** In the profile's list. */
  readonly position: number;
  /** What the profile would rather have had, and would take next. */
  readonly before: readonly SchemeName[];
  readonly after: readonly SchemeName[];
}

/** Undefined where there is none. */
export function schemePlace({ schemes }: Pick<DeviceProfile, 'schemes'>): SchemePlace | undefined {
  const position = schemes.findIndex(({ scheme }) => scheme === made);
  if (position < 0) return undefined;
  const names = schemes.map(({ scheme }) => scheme);
  return { ...schemes[position]!, position, before: names.slice(0, position), after: names.slice(position + 1) };
}
