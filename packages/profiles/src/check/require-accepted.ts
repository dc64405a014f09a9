// Refuses a device for which nothing can be made, in the words of its profile.
import { WherryError } from '@wherry/graph';
import type { DeviceProfile } from '../device-profile.js';
import { profileDiagnostics } from '../diagnostics.js';

/** Throws PROFILE_REFUSES where the profile has a reason. */
export function requireAccepted({ id, refuses }: Pick<DeviceProfile, 'id' | 'refuses'>): void {
  if (refuses === undefined) return;
  throw new WherryError(profileDiagnostics.PROFILE_REFUSES, {
    what: refuses.what,
    where: `device profile ${id} at /refuses`,
    next: refuses.next,
  });
}
