// Which limits a scheme is held to.
import type { SchemePreference } from './device-profile.js';

/**
 * Position in `schemes` of the one whose limits hold for that at `position`: its own, or those of the nearest before it that
 * names any (what a device can bear does not grow with the number of schemes that were tried). Undefined: nothing is asked.
 */
export function limitsFrom(schemes: readonly SchemePreference[], position: number): number | undefined {
  const at = schemes.slice(0, position + 1).findLastIndex(({ limits }) => limits !== undefined);
  return at === -1 ? undefined : at;
}
