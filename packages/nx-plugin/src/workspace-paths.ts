// Where a path of the workspace stands in truth: Nx and git know files by the one place, and links lead from others to it.
import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** From the root of the workspace, with `/`; `.` is the root itself. */
export function pathIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/') || '.';
}

export function liesOutside(path: string): boolean {
  return path === '..' || path.startsWith('../') || path.startsWith('/') || /^[A-Za-z]:/.test(path);
}

/**
 * Other places that a path inside of the workspace leads to, by links, or as the file system takes its spelling for another;
 * of a folder, what is below it leads to. Of what is not there, the place where it would be.
 */
export function otherPlaces(root: string, path: string): readonly string[] {
  const [full, real] = [join(root, path), realpathSync.native(root)];
  const own = pathIn(real, placeOf(full));
  const isFolder = lstatSync(full, { throwIfNoEntry: false })?.isDirectory() === true;
  const links = isFolder ? readdirSync(full, { recursive: true, withFileTypes: true }) : [];
  const below = links
    .filter((each) => each.isSymbolicLink())
    .map(({ parentPath, name }) => pathIn(real, placeOf(join(parentPath, name))));
  return [...new Set([...(own === path ? [] : [own]), ...below])];
}

function placeOf(full: string): string {
  if (existsSync(full)) return realpathSync.native(full);
  const folder = dirname(full);
  if (folder === full) return full;
  const isLink = lstatSync(full, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? resolve(placeOf(folder), readlinkSync(full)) : join(placeOf(folder), basename(full));
}
