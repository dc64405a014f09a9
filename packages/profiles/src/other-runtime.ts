// A device with another runtime than its profile names: one that any C compiler gives it.
import { WherryError } from '@wherry/graph';
import { profileDiagnostics } from './diagnostics.js';
import { targetOf, type ProfileLibrary, type Target } from './library.js';
import type { PortableRuntime } from './scheme-names.js';

/** The same devices with it; those that cannot have it are left out. */
export function libraryWithRuntime(library: ProfileLibrary, name: PortableRuntime): ProfileLibrary {
  const devices = [...library.targets].filter(([, { profile }]) => profile.export.layout === 'firmware');
  return { ...library, targets: new Map(devices.map(([id, target]) => [id, withRuntime(library, target, name)])) };
}

/** The newest version of it. Throws PROFILE_RUNTIME where the target is no firmware. */
export function withRuntime({ runtimes }: ProfileLibrary, { profile }: Target, name: PortableRuntime): Target {
  if (profile.export.layout !== 'firmware')
    throw new WherryError(profileDiagnostics.PROFILE_RUNTIME, {
      what: `the runtime ${name} makes C for a firmware, and ${profile.id} runs applications, which open a file`,
      where: `device profile ${profile.id} at /export/layout`,
      next: 'leave the runtime away, or choose the profile of a microcontroller',
    });
  const from = runtimes.get(name)!.releases.at(-1)!.version;
  const { refuses, ...others } = profile;
  // What is said of an interpreter says nothing of code.
  const still = refuses === undefined || refuses.unlessRuntime?.includes(name) === true ? {} : { refuses };
  return targetOf({ ...others, ...still, runtime: { name, from } }, runtimes);
}
