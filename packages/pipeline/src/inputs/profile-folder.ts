// Reads device profiles: those that come with the tool, a folder of the user's, or a single file.
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WherryError } from '@wherry/graph';
import { loadProfiles, profileDiagnostics, type ProfileLibrary } from '@wherry/profiles';
import { readRegularFile } from './read-regular-file.js';

/** A profile has some kilobytes. */
const greatestProfileBytes = 1024 * 1024;

type Files = ReadonlyMap<string, string>;

/** Throws the PROFILE_* errors of the first bad file. */
export async function readProfileFolder(folder: string = shippedFolder()): Promise<ProfileLibrary> {
  return loadProfiles(await filesBelow(folder));
}

/** The files that come with the tool, by their paths in the folder. */
export function readProfileTexts(): Promise<Files> {
  return filesBelow(shippedFolder());
}

/**
 * The profiles that come with the tool, and with them what the user has: `name` may be the path of a file (`./board.json`),
 * `folder` holds more of them, with kernel tables in `runtimes/`. Own files may extend those that come with the tool, and
 * others of their folder. Gives the library and the id to look for. Throws the PROFILE_* errors.
 */
export async function readProfiles(
  name: string,
  folder?: string,
): Promise<{ readonly library: ProfileLibrary; readonly id: string }> {
  const shipped = await filesBelow(shippedFolder());
  const own = folder === undefined ? new Map<string, string>() : await filesBelow(folder);
  if (!isProfilePath(name)) return { library: loadProfiles(joined(shipped, own)), id: name };
  const id = basename(name, '.json');
  const file = new Map([[`${id}.json`, await readProfileFile(name)]]);
  const known = joined(shipped, joined(own, file));
  return { library: loadProfiles(await withBases(known, id, dirname(name))), id };
}

/** What `id` extends, and that in turn, is looked for beside its file where it is nowhere else. */
async function withBases(known: Files, id: string, folder: string): Promise<Files> {
  const files = new Map(known);
  for (let base = baseOf(files.get(`${id}.json`)!); base !== undefined; base = baseOf(files.get(`${base}.json`)!)) {
    if (files.has(`${base}.json`)) break;
    const path = join(folder, `${base}.json`);
    if (!existsSync(path)) break;
    files.set(`${base}.json`, await readProfileFile(path));
  }
  return files;
}

/** Undefined also for what is no profile: that is refused by whoever reads it in earnest. */
export function baseOf(text: string): string | undefined {
  try {
    const { extends: base } = JSON.parse(text.replace(/^\uFEFF/, '')) as { readonly extends?: unknown };
    return typeof base === 'string' && /^[a-z0-9-]+$/.test(base) ? base : undefined;
  } catch {
    return undefined;
  }
}

/** A path as it is reached from the current folder, where it starts at `from`; an id stays one. */
export function profilePath(name: string, from = ''): string {
  return isProfilePath(name) && !isAbsolute(name) ? join(from, name) : name;
}

/** An id has neither separators nor dots. */
export function isProfilePath(name: string): boolean {
  return name.endsWith('.json') || name.includes('/') || name.includes(sep);
}

export async function readProfileFile(path: string): Promise<string> {
  const read = await readRegularFile(path, greatestProfileBytes);
  if (read instanceof Uint8Array) return new TextDecoder().decode(read);
  throw new WherryError(profileDiagnostics.PROFILE_UNKNOWN, {
    what: `the device profile cannot be read: ${read.what}`,
    where: path,
    next: `${read.next}; or give the id of a profile (\`deploy profiles\` lists them)`,
  });
}

export async function filesBelow(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new WherryError(profileDiagnostics.PROFILE_UNKNOWN, {
        what: `the folder of profiles cannot be read: ${error.code ?? error.message}`,
        where: folder,
        next: 'give a folder with one JSON file for each device',
      });
    },
  );
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), await readFile(path, 'utf8'));
  }
  return files;
}

/** A file of the user's does not stand for one of the tool's unseen. Throws PROFILE_INVALID. */
export function joined(files: Files, own: Files): Files {
  for (const path of own.keys()) {
    if (!files.has(path) || path === 'package.json' || path.startsWith('schema/')) continue;
    throw new WherryError(profileDiagnostics.PROFILE_INVALID, {
      what: `there is a ${path} already, with the tool or in the folder`,
      where: path,
      next: 'give the file, and the id in it, another name; "extends" takes over what the other one says',
    });
  }
  return new Map([...files, ...own]);
}

/** In the npm package they lie beside the one bundled file, here in a package of their own. */
function shippedFolder(): string {
  const packed = fileURLToPath(new URL('device-profiles', import.meta.url));
  if (existsSync(packed)) return packed;
  return dirname(createRequire(import.meta.url).resolve('@wherry/device-profiles/package.json'));
}
