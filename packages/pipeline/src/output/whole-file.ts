// Writes one file so that it holds the old text whole or the new text whole, whatever happens in between.
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { flushDirectory } from './fill-directory.js';
import { patiently } from './patience.js';

/** What an interrupted run leaves beside a file ends so. */
const partEnding = '.wherry-part';

/** In a folder that is there. Throws what the file system refuses; the file is as it was then. */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${process.pid}${partEnding}`;
  try {
    const file = await open(beside, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await patiently(() => rename(beside, path));
    await flushDirectory(dirname(path));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}
