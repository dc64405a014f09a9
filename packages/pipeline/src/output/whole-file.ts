// Writes one file so that it holds the old text whole or the new text whole, whatever happens in between.
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { flushDirectory } from './fill-directory.js';
import { patiently } from './patience.js';

/** In a folder that is there. Throws what the file system refuses; the file is as it was then. */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  const beside = join(dirname(path), partOf(path, process.pid));
  try {
    await removeRemains(path);
    const file = await open(beside, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await patiently(() => rename(beside, path));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
  // It is in place: all that is open is whether the name outlives a power cut, and either name is of a whole file.
  await flushDirectory(dirname(path)).catch(() => undefined);
}

/** Throws what the file system would refuse `writeWholeFile` there, as far as a file beside it tells. Leaves nothing behind. */
export async function requirePlaceForFile(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new Error('it is a folder');
  const beside = join(dirname(path), partOf(path, process.pid));
  await (await open(beside, 'w')).close();
  await rm(beside, { force: true });
}

/** The name of what becomes the file. */
function partOf(path: string, writer: number): string {
  return `.${basename(path)}.${writer}.wherry-part`;
}

/** What a run that was killed has left beside the file. */
async function removeRemains(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const [, writer] = /\.(\d+)\.wherry-part$/.exec(name) ?? [];
    const isRemains = writer !== undefined && name === partOf(path, Number(writer)) && !isRunning(Number(writer));
    if (isRemains) await rm(join(dirname(path), name), { force: true });
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
