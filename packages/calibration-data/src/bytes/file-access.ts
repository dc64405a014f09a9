// The only place that opens files: regular ones, with every system error turned into a refusal.
import { createReadStream, type Stats } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { refuse } from '../refuse.js';

/** Status of a path, or undefined when nothing is there. Refuses what is neither a regular file nor a folder. */
export async function statusOf(path: string): Promise<Stats | undefined> {
  if (path.includes('\0'))
    refuse('DATA_NOT_FOUND', {
      what: 'the path contains a NUL character',
      where: path,
      next: 'give a path without it',
    });
  const status = await stat(path).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    return unreadable(path, error);
  });
  if (status !== undefined && !status.isFile() && !status.isDirectory()) {
    refuse('DATA_UNREADABLE', {
      what: 'this is neither a regular file nor a folder',
      where: path,
      next: 'copy the data into a file and give that',
    });
  }
  return status;
}

/** Size of a file that has to be there. */
export async function sizeOf(path: string): Promise<number> {
  const status = await statusOf(path);
  if (status === undefined)
    refuse('DATA_NOT_FOUND', { what: 'the file does not exist', where: path, next: 'correct the path' });
  if (!status.isFile())
    refuse('DATA_UNREADABLE', {
      what: 'this is a folder and a file is needed',
      where: path,
      next: 'give the path of a file',
    });
  return status.size;
}

/** The bytes from `start` up to but not including `end`, in chunks. */
export async function* readChunks(path: string, start = 0, end = Infinity): AsyncGenerator<Uint8Array> {
  await sizeOf(path);
  if (end <= start) return;
  const stream = createReadStream(path, { start, end: end - 1, highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    unreadable(path, error);
  } finally {
    stream.destroy();
  }
}

/** Up to `length` bytes at `position`; fewer at the end of the file. */
export async function readAt(path: string, position: number, length: number): Promise<Uint8Array> {
  await sizeOf(path);
  const handle = await open(path, 'r').catch((error: unknown) => unreadable(path, error));
  try {
    const buffer = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } catch (error) {
    return unreadable(path, error);
  } finally {
    await handle.close();
  }
}

/** A whole small file. */
export async function readWhole(path: string, maximum: number): Promise<Uint8Array> {
  const size = await sizeOf(path);
  if (size > maximum) {
    refuse('DATA_TOO_LARGE', {
      what: `the file has ${size} bytes, the limit is ${maximum}`,
      where: path,
      next: 'split or shrink it',
    });
  }
  return readFile(path).catch((error: unknown) => unreadable(path, error));
}

export async function listFolder(path: string): Promise<readonly string[]> {
  const names = await readdir(path).catch((error: unknown) => unreadable(path, error));
  // Code units, not a locale: the order decides which samples a limit takes.
  return names.sort();
}

function unreadable(path: string, error: unknown): never {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return refuse(
    'DATA_UNREADABLE',
    { what: `the system says ${code}`, where: path, next: 'check the path and its permissions' },
    error,
  );
}
