// Which files of the user's a device profile is made of: whatever else it is comes with the tool.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProfile } from '@wherry/profiles';
import { baseOf, isProfilePath, profilePath, readProfileFile } from '../inputs/profile-folder.js';
import type { Chosen, PairToTest } from '../regression/pairs.js';

/**
 * The profile of a pair, what it extends, and its kernel table with what that extends. The places are those that the pair was
 * found with.
 */
export async function profileFiles(
  { profile: written, id, library }: Pick<PairToTest, 'profile' | 'id' | 'library'>,
  { folder, from }: Pick<Chosen, 'folder' | 'from'>,
): Promise<readonly string[]> {
  const name = profilePath(written, from);
  const { runtime } = findProfile(library, id).profile;
  const places = [...(folder === undefined ? [] : [folder]), ...(isProfilePath(name) ? [dirname(name)] : [])];
  const file = isProfilePath(name) ? name : folder && join(folder, `${id}.json`);
  const tables = folder && join(folder, 'runtimes');
  return [
    ...(await chainOf(file, places)),
    ...(tables === undefined ? [] : await chainOf(join(tables, `${runtime.name}.json`), [tables])),
  ];
}

/** The file and those that it extends, each in the first of the places that has it; one that none has is the tool's. */
async function chainOf(file: string | undefined, places: readonly string[]): Promise<readonly string[]> {
  if (file === undefined || !existsSync(file)) return [];
  const base = baseOf(await readProfileFile(file));
  const next = base === undefined ? undefined : places.map((place) => join(place, `${base}.json`)).find(existsSync);
  return [file, ...(await chainOf(next, places))];
}
