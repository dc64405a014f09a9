// Reads the folder of device profiles that comes with the tool.
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadProfiles, type ProfileLibrary } from '@wherry/profiles';

/** Throws the PROFILE_* errors of the first bad file. */
export async function readProfileFolder(folder: string = shippedFolder()): Promise<ProfileLibrary> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, string>();
  for (const entry of entries) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), await readFile(path, 'utf8'));
  }
  return loadProfiles(files);
}

/** In the npm package they lie beside the one bundled file, here in a package of their own. */
function shippedFolder(): string {
  const packed = fileURLToPath(new URL('device-profiles', import.meta.url));
  if (existsSync(packed)) return packed;
  return dirname(createRequire(import.meta.url).resolve('@wherry/device-profiles/package.json'));
}
