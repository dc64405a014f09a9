// One process at a time puts an output folder in its place; a lock that a killed run left is taken over.
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { patiently } from './patience.js';

/** Putting in place takes milliseconds; hashing and removing an old set perhaps seconds. */
const longestWaitMs = 20_000;
const pauseMs = 20;
/** Number, identity and machine of the process. */
const ownerForm = /^(\d+) ([0-9a-f]{12}) (.*)\n$/;
/** A lock without an owner's name in it is being written, or was being when its process ended. */
const namelessMs = 2_000;

/** Locks of this process that the system did not let it remove: nobody holds them any more. */
const abandoned = new Set<string>();

/** Tells this process from an earlier one of the same number, as there are in containers. */
export const processIdentity = randomBytes(6).toString('hex');

/**
 * Runs `work` while no other process runs its own on this path. Throws OUTPUT_BUSY when that takes too long, and the
 * reason of `signal` when that comes before the turn. `longest`: milliseconds to wait.
 */
export async function whileLocked<T>(
  lock: string,
  directory: string,
  work: () => Promise<T>,
  options: { readonly signal?: AbortSignal | undefined; readonly longest?: number } = {},
): Promise<T> {
  const owner = `${process.pid} ${processIdentity} ${hostname()}\n`;
  await acquire(lock, owner, directory, options);
  try {
    return await work();
  } finally {
    await patiently(() => unlink(lock)).catch(() => void abandoned.add(lock));
  }
}

async function acquire(
  lock: string,
  owner: string,
  directory: string,
  { signal, longest = longestWaitMs }: { readonly signal?: AbortSignal | undefined; readonly longest?: number },
): Promise<void> {
  for (let waited = 0; ; waited += pauseMs) {
    signal?.throwIfAborted();
    if (await create(lock, owner)) return;
    const holder = await readFile(lock, 'utf8').catch(() => undefined);
    const isOwn = holder === owner && abandoned.delete(lock);
    if (holder !== undefined && (isOwn || (await isStale(lock, holder)))) {
      await takeAway(lock, holder);
      continue;
    }
    if (waited >= longest) refuse(lock, holder ?? '', directory);
    await pause(pauseMs);
  }
}

/** False where there is one. Windows refuses for a moment where one is just being removed. */
async function create(lock: string, owner: string): Promise<boolean> {
  const file = await patiently(() => open(lock, 'wx')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    await file.writeFile(owner);
  } catch (error) {
    // One without a name would be in everybody's way for a while.
    await unlink(lock).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

async function isStale(lock: string, holder: string): Promise<boolean> {
  const [, pid, identity, host] = ownerForm.exec(holder) ?? [];
  if (pid !== undefined) return host === hostname() && hasEnded(Number(pid), identity!);
  const status = await stat(lock).catch(() => undefined);
  return status !== undefined && Date.now() - status.mtimeMs > namelessMs;
}

/** Whether the process of this tool that had that number and identity on this machine is gone. */
export function hasEnded(pid: number, identity: string): boolean {
  if (pid === process.pid) return identity !== processIdentity;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Of several that find the same stale lock one moves it; if a fresh one was moved instead, it goes back. */
async function takeAway(lock: string, holder: string): Promise<void> {
  const aside = `${lock}.${process.pid}`;
  const moved = await rename(lock, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const found = await readFile(aside, 'utf8').catch(() => holder);
  await (found === holder ? unlink(aside) : rename(aside, lock)).catch(() => undefined);
}

function refuse(lock: string, holder: string, directory: string): never {
  const [, pid, , host] = ownerForm.exec(holder) ?? [];
  throw new WherryError(pipelineDiagnostics.OUTPUT_BUSY, {
    what: pid === undefined ? 'another run holds it' : `the run with process number ${pid} on ${host} is writing to it`,
    where: directory,
    next: `wait for that run, or give another folder; if there is none any more, remove ${lock}`,
  });
}
