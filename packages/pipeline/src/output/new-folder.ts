// Writes a folder with folders in it where nothing was before: whole, or not at all.
import { readdir, rename, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { fillDirectory, flushDirectory } from './fill-directory.js';
import { explainOutput } from './output-fault.js';
import { leftovers, makeFolder, removeAll, stagingOf } from './staging-folder.js';

/** Throws OUTPUT_NOT_OURS where something stands in the folder: people work in such folders, so none is replaced. */
export async function requireNoFolder(directory: string): Promise<void> {
  const there = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw explainOutput(error, directory) as Error;
  });
  if (there.length === 0) return;
  throw new WherryError(pipelineDiagnostics.OUTPUT_NOT_OURS, {
    what: `something stands there already: ${there.slice(0, 3).join(', ')}; a project that may have been worked on is never replaced`,
    where: directory,
    next: 'give a folder that is not there yet, or remove that one',
  });
}

/** Throws OUTPUT_NOT_OURS, OUTPUT_FAILED and the reason of the signal; nothing new is there then. */
export async function writeNewFolder(
  directory: string,
  files: ReadonlyMap<string, string>,
  signal?: AbortSignal,
): Promise<void> {
  await requireNoFolder(directory);
  const target = resolve(directory);
  const staging = stagingOf(target);
  try {
    for (const left of await leftovers(target)) await removeAll(left);
    await makeFolder(dirname(target));
    await fillDirectory(staging, files, signal);
    // An empty folder gives way on every system.
    await rmdir(target).catch(() => undefined);
    await rename(staging, target);
  } catch (error) {
    // The first error is the one to tell; what this cannot do, the next run does.
    await removeAll(staging).catch(() => undefined);
    throw explainOutput(error, directory);
  }
  // It is in place: all that is open is whether the name outlives a power cut.
  await flushDirectory(dirname(target)).catch(() => undefined);
}
