// The folder of profiles and kernel tables as one checked value, and the search in it.
import { WherryError } from '@wherry/graph';
import type { DeviceProfile } from './device-profile.js';
import { profileDiagnostics } from './diagnostics.js';
import { nearestName } from './json/nearest-name.js';
import { requireEndsGiven } from './profile-ends.js';
import { parseProfile, parseRuntime } from './parse.js';
import { requireConsistent } from './check/require-consistent.js';
import type { RuntimeKernels } from './runtime-kernels.js';
import { compareVersions, upstreamDate } from './version.js';

/** A device with the kernels of its runtime: what the stages ask. */
export interface Target {
  readonly profile: DeviceProfile;
  readonly kernels: RuntimeKernels;
}

export interface ProfileLibrary {
  /** By id, in alphabetical order. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly runtimes: ReadonlyMap<string, RuntimeKernels>;
}

/**
 * Checks everything at once. `files` is the folder: path relative to it, with `/`, to text; profiles are `ID.json`,
 * kernel tables `runtimes/NAME.json`, and whatever else is there (the schemas, package.json) is passed over.
 * Throws the PROFILE_* errors of the first bad file in alphabetical order.
 */
export function loadProfiles(files: ReadonlyMap<string, string>): ProfileLibrary {
  const runtimes = parseAll(
    namesIn(files, /^runtimes\/([^/]+)\.json$/),
    (id) => files.get(`runtimes/${id}.json`),
    parseRuntime,
  );
  const profiles = parseAll(
    namesIn(files, /^([^/]+)\.json$/).filter((id) => id !== 'package' && id !== 'project'),
    (id) => files.get(`${id}.json`),
    parseProfile,
  );
  for (const [file, kernels] of runtimes) requireSame(`runtimes/${file}`, 'name', kernels.name, file);
  const targets = new Map<string, Target>();
  for (const [file, profile] of profiles) {
    requireSame(file, 'id', profile.id, file);
    targets.set(file, targetOf(profile, runtimes));
  }
  requireUniqueNames([...profiles.values()]);
  return { targets, runtimes };
}

/** Joins a profile with its runtime. Throws PROFILE_INVALID when there is no such runtime or version, or the profile contradicts itself. */
export function targetOf(profile: DeviceProfile, runtimes: ReadonlyMap<string, RuntimeKernels>): Target {
  const kernels = runtimes.get(profile.runtime.name);
  if (kernels === undefined) {
    const meant = nearestName(profile.runtime.name, runtimes.keys());
    refuse(
      profile.id,
      `there is no kernel table for the runtime "${profile.runtime.name}"`,
      meant === null ? `use one of ${[...runtimes.keys()].join(', ')}` : `did you mean "${meant}"?`,
    );
  }
  if (upstreamDate(kernels, profile.runtime.from) === null) {
    refuse(
      profile.id,
      `the runtime ${kernels.name} has no version "${profile.runtime.from}"`,
      kernels.releases.length === 0
        ? 'give a date, YYYY-MM-DD'
        : `use one of ${kernels.releases.map((r) => r.version).join(', ')}`,
    );
  }
  const { from, before } = profile.runtime;
  if (before !== undefined && compareVersions(from, before) >= 0) {
    refuse(
      profile.id,
      `no version of ${kernels.name} is from ${from} and before ${before}`,
      'give a later "before", or leave it out',
    );
  }
  requireConsistent(profile);
  requireEndsGiven({ profile, kernels });
  return { profile, kernels };
}

/** By id or alias, in any case of letters. Throws PROFILE_UNKNOWN with the nearest name and all that there are. */
export function findProfile(library: ProfileLibrary, name: string): Target {
  const wanted = name.toLowerCase();
  const all = [...library.targets.values()];
  const found = all.find(({ profile }) => profile.id === wanted || profile.aliases.includes(wanted));
  if (found !== undefined) return found;
  const meant = nearestName(
    name,
    all.flatMap(({ profile }) => [profile.id, ...profile.aliases]),
  );
  throw new WherryError(profileDiagnostics.PROFILE_UNKNOWN, {
    what: `there is no device profile "${name}"`,
    next: `${meant === null ? 'choose' : `did you mean "${meant}"? Choose`} one of ${[...library.targets.keys()].join(', ')}`,
  });
}

function namesIn(files: ReadonlyMap<string, string>, pattern: RegExp): readonly string[] {
  return [...files.keys()].flatMap((path) => pattern.exec(path)?.[1] ?? []).sort();
}

function parseAll<T>(
  ids: readonly string[],
  resolve: (id: string) => string | undefined,
  parse: (text: string, resolve: (id: string) => string | undefined, where: string) => T,
): ReadonlyMap<string, T> {
  return new Map(ids.map((id) => [id, parse(resolve(id)!, resolve, id)]));
}

function requireSame(where: string, key: string, value: string, file: string): void {
  if (value !== file)
    refuse(
      where,
      `"${key}" is "${value}" but the file is ${file}.json`,
      `set "${key}" to "${file}" or rename the file`,
    );
}

function requireUniqueNames(profiles: readonly DeviceProfile[]): void {
  const owner = new Map<string, string>();
  for (const { id, aliases } of profiles) {
    for (const name of [id, ...aliases]) {
      const other = owner.get(name);
      if (other !== undefined)
        refuse(id, `the name "${name}" already belongs to ${other}`, 'remove the alias from one of the two');
      owner.set(name, id);
    }
  }
}

function refuse(where: string, what: string, next: string): never {
  throw new WherryError(profileDiagnostics.PROFILE_INVALID, { what, where, next });
}
