// Writes files into a fresh directory and has the system put them on the disk.
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldersOf, type OutputFiles } from './output-mark.js';

/** Parts of a path that a run may write. */
const partName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** Makes `directory`, which must not be there, with the folders that files stand in. Throws the reason of an aborted `signal` between two files. */
export async function fillDirectory(
  directory: string,
  files: OutputFiles,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const name of files.keys()) {
    if (!name.split('/').every((part) => partName.test(part)))
      throw new RangeError(`${name} is not a name that an output may have`);
  }
  const folders = [...foldersOf(files.keys())];
  await mkdir(directory);
  for (const folder of folders) await mkdir(join(directory, folder));
  for (const [name, content] of files) {
    signal?.throwIfAborted();
    const file = await open(join(directory, name), 'wx');
    try {
      await writeFile(file, typeof content === 'string' || content instanceof Uint8Array ? content : inParts(content));
      await file.sync();
    } finally {
      await file.close();
    }
  }
  for (const folder of [...folders.reverse(), '.']) await flushDirectory(join(directory, folder));
  signal?.throwIfAborted();
}

/** Characters of one write. */
const partLength = 2 ** 16;

/** Pieces of any length as parts that are worth a call of the system. */
function* inParts(pieces: Iterable<string>): Generator<string, void> {
  let part: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    part.push(piece);
    length += piece.length;
    if (length < partLength) continue;
    yield part.join('');
    [part, length] = [[], 0];
  }
  if (length > 0) yield part.join('');
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
