// Judges a file that somebody writes for a device or a runtime: whether it can be used, and what in it would never count.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadProfiles, parseStrictJson, surveyKernels, surveyProfile, type Remark } from '@wherry/profiles';
import { baseOf, filesBelow, joined, readProfileFile, readProfileTexts } from './profile-folder.js';

export interface ProfileCheck {
  readonly kind: 'profile' | 'runtime';
  /** Also the file's name without `.json`. */
  readonly id: string;
  /** The file that it extends, that one's base, and so on. */
  readonly extends: readonly string[];
  readonly remarks: readonly Remark[];
}

type Files = ReadonlyMap<string, string>;

/**
 * A device profile, or the kernel table of a runtime, told apart by their keys. `folder` holds what belongs to it beside
 * the profiles of the tool, with kernel tables in `runtimes/`. Throws the PROFILE_* errors: such a file cannot be used.
 */
export async function checkProfileFile(path: string, folder?: string): Promise<ProfileCheck> {
  const text = await readProfileFile(path);
  const id = basename(path, '.json');
  const shipped = await readProfileTexts();
  const known = folder === undefined ? shipped : withOwn(shipped, await filesBelow(folder));
  const kind = kindOf(text, path, known);
  const below = kind === 'runtime' ? 'runtimes/' : '';
  const file = new Map([[`${below}${id}.json`, text]]);
  const files = await withBases(withOwn(known, file), below, id, dirname(path));
  const library = loadProfiles(files);
  const remarks =
    kind === 'runtime'
      ? surveyKernels(library.runtimes.get(id)!, loadProfiles(shipped).runtimes.values())
      : surveyProfile(library.targets.get(id)!);
  return { kind, id, extends: chainOf(files, below, id), remarks };
}

/** A file of the tool's may be given as it is: whoever changes it in a checkout checks it there. */
function withOwn(files: Files, own: Files): Files {
  return joined(files, new Map([...own].filter(([name, text]) => files.get(name) !== text)));
}

/** Throws PROFILE_JSON. What a table has and a profile has not, or else what is extended. */
function kindOf(text: string, path: string, known: Files): ProfileCheck['kind'] {
  const document = parseStrictJson(text, path);
  if (typeof document !== 'object' || document === null) return 'profile';
  if (['operators', 'releases', 'unsupported', 'optimized', 'avoid', 'title'].some((key) => key in document))
    return 'runtime';
  const base = baseOf(text);
  return base !== undefined && !known.has(`${base}.json`) && known.has(`runtimes/${base}.json`) ? 'runtime' : 'profile';
}

/** What is extended is looked for beside the file where it is nowhere else. */
async function withBases(known: Files, below: string, id: string, folder: string): Promise<Files> {
  const files = new Map(known);
  for (
    let base = baseOf(files.get(`${below}${id}.json`)!);
    base !== undefined;
    base = baseOf(files.get(`${below}${base}.json`)!)
  ) {
    if (files.has(`${below}${base}.json`)) break;
    const path = join(folder, `${base}.json`);
    if (!existsSync(path)) break;
    files.set(`${below}${base}.json`, await readProfileFile(path));
  }
  return files;
}

/** Ends: `loadProfiles` has refused circles. */
function chainOf(files: Files, below: string, id: string): readonly string[] {
  const base = baseOf(files.get(`${below}${id}.json`) ?? '');
  return base === undefined ? [] : [base, ...chainOf(files, below, base)];
}
