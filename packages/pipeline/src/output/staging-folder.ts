// The fresh folder that an output is put together in, beside the place that it goes to; what killed runs left of theirs.
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hasEnded, processIdentity } from './output-lock.js';
import { patiently } from './patience.js';

/** In the names of fresh folders: those of another machine on a shared disk are not ours to judge. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
let stagings = 0;

/** A name that nobody else has. `target`: an absolute path. */
export function stagingOf(target: string): string {
  return siblingOf(target, `.${process.pid}-${processIdentity}-${machine}-${stagings++}.wherry-new`);
}

/** Hidden, and known by the name of what it belongs to. */
export function siblingOf(target: string, suffix: string): string {
  return join(dirname(target), `.${basename(target)}${suffix}`);
}

/** Fresh folders of runs that have ended without removing them: nobody but such a run has written into these. */
export async function leftovers(target: string): Promise<readonly string[]> {
  const names = await readdir(dirname(target)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const start = `.${basename(target)}.`;
  const left = names.filter((name) => {
    if (!name.startsWith(start)) return false;
    const [, pid, identity, host] =
      /^(\d+)-([0-9a-f]{12})-([0-9a-f]{8})-\d+\.wherry-new$/.exec(name.slice(start.length)) ?? [];
    return pid !== undefined && host === machine && hasEnded(Number(pid), identity!);
  });
  return left.map((name) => join(dirname(target), name));
}

export function removeAll(directory: string): Promise<void> {
  return patiently(() => rm(directory, { recursive: true, force: true }));
}

/** Step by step: asked for a whole path, Node goes round for ever where a file system says that a parent is not there (/proc). */
export async function makeFolder(path: string): Promise<void> {
  if ((await exists(path)) || path === dirname(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
