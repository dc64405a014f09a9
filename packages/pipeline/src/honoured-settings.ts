// Refuses what a profile asks for and this version would not do: a setting is followed or refused, never passed over in silence.
import { WherryError } from '@wherry/graph';
import { compiledRuntime } from '@wherry/memory-planner';
import { requireAccepted, type Target } from '@wherry/profiles';
import { pipelineDiagnostics } from './diagnostics.js';

/** Throws PROFILE_REFUSES and PROFILE_SETTING_UNSUPPORTED. */
export function requireHonoured({ profile }: Target): void {
  requireAccepted(profile);
  const refuse = (pointer: string, what: string, next: string): never => {
    const where = `device profile ${profile.id} (${profile.id}.json, or what it extends) at ${pointer}`;
    throw new WherryError(pipelineDiagnostics.PROFILE_SETTING_UNSUPPORTED, { what, where, next });
  };
  if (profile.memory.psram !== undefined)
    refuse(
      '/memory/psram',
      'PSRAM is given, and this version puts neither arena nor model there',
      'leave it out; where the arena may lie in it, count its bytes in /memory/ram',
    );
  const { arrayFormat = 'hex' } = profile.export;
  if (profile.runtime.name === compiledRuntime && arrayFormat !== 'hex')
    refuse(
      '/export/arrayFormat',
      `the array is wanted as ${arrayFormat}, and a model that becomes C is no array: its constants are lists of numbers`,
      'set it to hex, or run the model on an interpreter',
    );
}
