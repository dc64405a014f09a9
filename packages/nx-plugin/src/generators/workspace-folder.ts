// A folder that is given from the root of the workspace, and does not lead out of it.
import { posix } from 'node:path';
import { refuse } from './refuse.js';

/** With `/`; `.` is the root itself. Throws ARGUMENTS_INVALID. */
export function workspaceFolder(given: string, option: string): string {
  const folder = posix.normalize(given.replaceAll('\\', '/')).replace(/(.)\/$/, '$1');
  if (folder === '..' || folder.startsWith('../') || folder.startsWith('/') || /^[A-Za-z]:/.test(folder))
    refuse(`the folder "${given}" lies outside of the workspace`, `--${option}`, 'give one below its root');
  return folder;
}
