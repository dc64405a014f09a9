// Refuses what a profile asks for and this version would not do: a setting is followed or refused, never passed over in silence.
import { WherryError } from '@wherry/graph';
import { requireAccepted, type Target } from '@wherry/profiles';
import { pipelineDiagnostics } from './diagnostics.js';

/** Throws PROFILE_REFUSES and PROFILE_SETTING_UNSUPPORTED. */
export function requireHonoured({ profile }: Target): void {
  requireAccepted(profile);
  if (profile.memory.psram === undefined) return;
  throw new WherryError(pipelineDiagnostics.PROFILE_SETTING_UNSUPPORTED, {
    what: 'PSRAM is given, and this version puts neither arena nor model there',
    where: `device profile ${profile.id} (${profile.id}.json, or what it extends) at /memory/psram`,
    next: 'leave it out; where the arena may lie in it, count its bytes in /memory/ram',
  });
}
