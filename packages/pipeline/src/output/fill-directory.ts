// Writes files into a fresh directory and has the system put them on the disk.
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFiles } from './output-mark.js';

/** File names that a run may write. */
const fileName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** Makes `directory`, which must not be there. Throws the reason of an aborted `signal` between two files. */
export async function fillDirectory(
  directory: string,
  files: OutputFiles,
  signal: AbortSignal | undefined,
): Promise<void> {
  await mkdir(directory);
  for (const [name, content] of files) {
    if (!fileName.test(name)) throw new RangeError(`${name} is not a name that an output may have`);
    signal?.throwIfAborted();
    const file = await open(join(directory, name), 'wx');
    try {
      await writeFile(file, content);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await flushDirectory(directory);
  signal?.throwIfAborted();
}

/** Directories cannot be opened on Windows; there the rename alone has to do. */
export async function flushDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
