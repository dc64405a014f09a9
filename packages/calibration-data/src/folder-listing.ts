// Lists the media files of a folder, and what was left out of it.
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { listFolder, statusOf } from './bytes/file-access.js';
import { isBookkeeping } from './bookkeeping-names.js';
import { limits } from './limits.js';
import { isMediaName } from './media/media-file.js';
import { refuse } from './refuse.js';

export interface FolderListing {
  /** Relative, with `/`, in the order of code units. */
  readonly files: readonly string[];
  /** Everything that is no sample; folders end with `/`. */
  readonly ignored: readonly string[];
}

export async function listMedia(root: string): Promise<FolderListing> {
  if (!(await statusOf(root))?.isDirectory())
    refuse('DATA_NOT_FOUND', { what: 'this is not a folder', where: root, next: 'give a folder, or another format' });
  const realRoot = await realpath(root);
  const files: string[] = [];
  const ignored: string[] = [];
  let entries = 0;
  const walk = async (relative: string, depth: number): Promise<void> => {
    if (depth > limits.folderDepth)
      refuse('DATA_TOO_LARGE', {
        what: `folders are nested deeper than ${limits.folderDepth}`,
        where: relative,
        next: 'give the folder that holds the samples',
      });
    for (const name of await listFolder(join(root, relative))) {
      if (++entries > limits.folderEntries)
        refuse('DATA_TOO_LARGE', {
          what: `the folder has more than ${limits.folderEntries} entries`,
          where: root,
          next: 'give a smaller folder',
        });
      const own = relative === '' ? name : `${relative}/${name}`;
      const kind = await kindOf(join(root, own), join(realRoot, own), realRoot);
      if (isBookkeeping(name)) ignored.push(kind === 'folder' ? `${own}/` : own);
      else if (kind === 'folder') {
        const [filesBefore, ignoredBefore] = [files.length, ignored.length];
        await walk(own, depth + 1);
        if (files.length === filesBefore && ignored.length === ignoredBefore) ignored.push(`${own}/`);
      } else if (kind === 'file' && isMediaName(name)) files.push(own);
      else if (own !== 'index.csv') ignored.push(own);
    }
  };
  await walk('', 0);
  return { files: files.sort(), ignored };
}

/** A link to a file inside of the root counts as a file; links to folders (cycles) and to the outside do not count. */
async function kindOf(path: string, unlinked: string, realRoot: string): Promise<'file' | 'folder' | undefined> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined || !target.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return undefined;
  const status = await stat(target).catch(() => undefined);
  if (status?.isFile()) return 'file';
  return status?.isDirectory() && target === unlinked ? 'folder' : undefined;
}
