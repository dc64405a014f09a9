// Writes a folder with folders in it where nothing was before: whole, or not at all.
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { explainOutput } from './output-fault.js';

/** Parts of a path inside of the folder. */
const partName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

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
  const staging = `${target}.${process.pid}.wherry-new`;
  try {
    await mkdir(staging, { recursive: true });
    for (const [path, text] of files) {
      if (!path.split('/').every((part) => partName.test(part)))
        throw new RangeError(`${path} is no path of an output`);
      signal?.throwIfAborted();
      await mkdir(dirname(join(staging, path)), { recursive: true });
      await writeFile(join(staging, path), text, { flag: 'wx', flush: true });
    }
    signal?.throwIfAborted();
    // An empty folder gives way on every system.
    await rmdir(target).catch(() => undefined);
    await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    throw explainOutput(error, directory);
  }
}
