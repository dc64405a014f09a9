// A path as Nx names what it hashes, and what it asks git for.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { liesOutside, otherPlaces } from './workspace-paths.js';

/**
 * `path` is relative to `root`, with `/`. Of a folder all that is below. Where links lead to it, both places: git knows the
 * other one. None for what lies outside.
 */
export function filesetsOf(root: string, path: string): readonly string[] {
  if (liesOutside(path)) return [];
  const places = [path, ...otherPlaces(root, path).filter((each) => !liesOutside(each))];
  return places.map((place) => filesetOf(root, place));
}

function filesetOf(root: string, path: string): string {
  const isFolder = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true;
  // What means something in a pattern is matched by any one character: there is no way to quote it that all readers know.
  const pattern = path.replace(/[*?[\](){}!\\]/g, '?');
  const parts = [...(path === '.' ? [] : [pattern]), ...(isFolder ? ['**/*'] : [])];
  return ['{workspaceRoot}', ...parts].join('/');
}
