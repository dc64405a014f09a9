// What the file system refused, in words, with a next act that helps.
import { resolve } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';

interface Faults {
  readonly [code: string]: readonly [means: string, next: string];
}

/** What it means, and what to do about it. */
const faults: Faults = {
  ENOSPC: ['the disk is full', 'free some space there, or give another folder'],
  EDQUOT: ['your quota there is used up', 'free some of your quota there, or give another folder'],
  EROFS: ['the file system is read-only', 'give a folder on a file system that can be written to'],
  EACCES: ['you may not write there', 'give a folder that you may write to, or have its owner let you'],
  EPERM: ['you may not write there', 'give a folder that you may write to, or have its owner let you'],
  EBUSY: ['something is mounted on it', 'give a folder below it'],
  ENOENT: ['a part of its path has gone', 'check the path, or give another folder'],
  ENOTDIR: ['a part of its path is no folder', 'a file stands in its path: give another folder'],
  ELOOP: ['links in its path lead in a circle', 'give another folder'],
  ENAMETOOLONG: ['its path is too long', 'give a shorter path'],
  EMFILE: ['too many files are open', 'close other programs, or raise the limit of open files'],
  EIO: ['the disk answers with an error', 'give a folder on another disk'],
};

const inUse = [
  'you may not write there, or a program has a file of it open',
  'close what shows the folder or a file in it (an editor, a terminal, the file manager), or give another folder',
] as const;

/** Windows answers alike for what may not be and for what is in use, and there it most often is in use. */
const faultsOfWindows: Faults = { EPERM: inUse, EACCES: inUse, EBUSY: inUse };

/** A WherryError for what the file system refused; anything else as it is. */
export function explainOutput(
  error: unknown,
  directory: string,
  platform: NodeJS.Platform = process.platform,
): unknown {
  if (typeof error !== 'object' || error === null || !('syscall' in error)) return error;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  const known = platform === 'win32' ? { ...faults, ...faultsOfWindows } : faults;
  const [means, next] = known[String(code)] ?? [undefined, 'check the disk and the permissions of that folder'];
  return new WherryError(
    pipelineDiagnostics.OUTPUT_FAILED,
    {
      what: `the file system refused "${String(syscall)}"${placeOf(path, directory)}: ${String(code)}${means === undefined ? '' : ` (${means})`}; what stood there before is unchanged`,
      where: directory,
      next,
    },
    { cause: error },
  );
}

/** Where it refused, if that is another place than the folder: one above it, most often. Fresh folders are no name to a user. */
function placeOf(path: string | undefined, directory: string): string {
  const place = path === undefined ? undefined : resolve(path);
  return place === undefined || place === resolve(directory) || place.includes('.wherry-') ? '' : ` of ${place}`;
}
