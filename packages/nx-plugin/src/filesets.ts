// A path as Nx names what it hashes.
import { statSync } from 'node:fs';
import { join } from 'node:path';

/** `path` is relative to `root`, with `/`. Of a folder all that is below. */
export function filesetOf(root: string, path: string): string {
  const isFolder = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true;
  // What means something in a pattern is matched by any one character: there is no way to quote it that all readers know.
  return `{workspaceRoot}/${path.replace(/[*?[\](){}!]/g, '?')}${isFolder ? '/**/*' : ''}`;
}
