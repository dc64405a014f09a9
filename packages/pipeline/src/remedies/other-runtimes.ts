// The same device with another runtime: the profile's own where another one is asked for, one that any device can have where none is.
import { WherryError } from '@wherry/graph';
import { findProfile, portableRuntimes, withRuntime, type ProfileLibrary, type Target } from '@wherry/profiles';
import type { DeployRequest } from '../deployment.js';
import { requireHonoured } from '../honoured-settings.js';
import { requireExportable } from '../require-exportable.js';
import { requireMemoryTarget } from '../target-rules.js';

export interface OtherRuntime {
  /** What to do on the command line. */
  readonly words: string;
  readonly target: Target;
}

/** Those that are not refused whatever the model is. */
export function otherRuntimes(library: ProfileLibrary, request: DeployRequest): readonly OtherRuntime[] {
  const own = findProfile(library, request.profile);
  const { runtime } = request;
  const others =
    runtime === undefined
      ? portableRuntimes.map((name) => ({
          name,
          words: `give --runtime ${name}`,
          made: () => withRuntime(library, own, name),
        }))
      : [{ name: runtime, words: `leave --runtime ${runtime} away`, made: () => own }];
  return others.flatMap(({ name, words, made }) => {
    if (name === own.profile.runtime.name) return [];
    try {
      const target = made();
      requireHonoured(target);
      requireExportable(request, target);
      requireMemoryTarget(target);
      return [{ words, target }];
    } catch (error) {
      if (error instanceof WherryError) return [];
      throw error;
    }
  });
}
