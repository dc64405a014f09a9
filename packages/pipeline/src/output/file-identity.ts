// Whether two paths lead to the same file or folder: by what the file system knows it by, else by name as the disk reads names.
import { lstat, realpath, stat } from 'node:fs/promises';
import * as system from 'node:path';

type Path = Pick<typeof system, 'basename' | 'dirname' | 'join'>;

/**
 * What the file system knows a file by; undefined where there is nothing. A link is followed. Some disks number nothing
 * (shares, FAT): there it is the path without links.
 */
export async function identityOf(path: string): Promise<string | undefined> {
  const status = await stat(path, { bigint: true }).catch(() => lstat(path, { bigint: true }).catch(() => undefined));
  if (status === undefined) return undefined;
  return status.ino === 0n ? realpath(path).catch(() => path) : `${status.dev}:${status.ino}`;
}

/** Whether `folder` is `path` or one of the folders that it lies in, whatever links and letters lead there. */
export async function holds(folder: string, path: string): Promise<boolean> {
  const wanted = await identityOf(folder);
  let place = await placeOf(path);
  if (wanted === undefined) {
    const own = await placeOf(folder);
    return within(own, place, (await foldsCase(own)) ? 'fold' : 'keep');
  }
  for (;;) {
    if ((await identityOf(place)) === wanted) return true;
    if (place === system.dirname(place)) return false;
    place = system.dirname(place);
  }
}

/** Two paths that are not there yet can only be told apart by their names. */
export function within(folder: string, path: string, letters: 'fold' | 'keep', paths: Path = system): boolean {
  const read = (name: string): string => (letters === 'fold' ? name.normalize().toLowerCase() : name);
  const wanted = read(folder);
  for (let place = path; ; place = paths.dirname(place)) {
    if (read(place) === wanted) return true;
    if (place === paths.dirname(place)) return false;
  }
}

/**
 * Whether the disk takes `a` and `A` for one name: asked of the nearest folder that is there and whose name has letters.
 * Where none has, as on an empty drive, what is usual on the platform.
 */
export async function foldsCase(
  path: string,
  identity: (path: string) => Promise<string | undefined> = identityOf,
  paths: Path = system,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  for (let place = path; place !== paths.dirname(place); place = paths.dirname(place)) {
    const name = paths.basename(place);
    const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
    const known = other === name ? undefined : await identity(place);
    if (known !== undefined) return (await identity(paths.join(paths.dirname(place), other))) === known;
  }
  return platform === 'win32' || platform === 'darwin';
}

/** Without links, as far as it exists; what is not there yet is taken by its name. */
async function placeOf(path: string): Promise<string> {
  const absolute = system.resolve(path);
  const real = await realpath(absolute).catch(() => undefined);
  if (real !== undefined || absolute === system.dirname(absolute)) return real ?? absolute;
  return system.join(await placeOf(system.dirname(absolute)), system.basename(absolute));
}
