// Writes a set of files so that a directory holds the old set whole or the new set whole, whatever happens in between.
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';

export type OutputFiles = ReadonlyMap<string, string | Uint8Array>;

/** File names that a run may write; whatever else stands in the directory is somebody's work and is never touched. */
const fileName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/**
 * Fills a fresh sibling directory, flushes it, and renames it into place. An older output of ours is moved aside first and
 * removed last; `recoverOutput` puts it back if a run died between the two renames. An aborted `signal` is heeded until
 * the renames begin.
 * Throws OUTPUT_NOT_OURS when the directory holds files that are not in `owned`, OUTPUT_FAILED for what the file system
 * refuses, and the signal's reason; in each case the old set is in place and the fresh directory is gone.
 */
export async function writeOutputDirectory(
  directory: string,
  files: OutputFiles,
  owned: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<void> {
  const target = resolve(directory);
  const staging = siblingOf(target, `.${randomBytes(6).toString('hex')}.wherry-new`);
  try {
    await requireOwnDirectory(directory, owned);
    await mkdir(dirname(target), { recursive: true });
    await fillDirectory(staging, files, signal);
    await replaceDirectory(staging, target, owned);
  } catch (error) {
    // The first error is the one to tell; what these two cannot do, the next run does.
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    await recoverOutput(target, owned).catch(() => undefined);
    throw explain(error, directory);
  }
}

/** What `writeOutputDirectory` would refuse the directory for: to be told before the work, not after it. */
export async function requireOwnDirectory(directory: string, owned: ReadonlySet<string>): Promise<void> {
  const target = resolve(directory);
  try {
    await recoverOutput(target, owned);
    await refuseForeign(target, owned);
  } catch (error) {
    throw explain(error, directory);
  }
}

/** Completes what an earlier, killed run left half way: the directory moved aside comes back when nothing took its place. */
export async function recoverOutput(directory: string, owned: ReadonlySet<string>): Promise<void> {
  const target = resolve(directory);
  const aside = asideOf(target);
  if (!(await exists(aside))) return;
  if (await exists(target)) await removeOwn(aside, owned);
  else await rename(aside, target);
}

async function fillDirectory(staging: string, files: OutputFiles, signal: AbortSignal | undefined): Promise<void> {
  await mkdir(staging);
  for (const [name, content] of files) {
    if (!fileName.test(name)) throw new RangeError(`${name} is not a name that an output may have`);
    signal?.throwIfAborted();
    const file = await open(join(staging, name), 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await flushDirectory(staging);
  signal?.throwIfAborted();
}

async function replaceDirectory(staging: string, target: string, owned: ReadonlySet<string>): Promise<void> {
  const aside = asideOf(target);
  if (await exists(target)) await rename(target, aside);
  await rename(staging, target);
  await flushDirectory(dirname(target));
  // The new set is in place and flushed: an old one that will not go away is the next run's to remove.
  await removeOwn(aside, owned).catch(() => undefined);
}

/** Deletes by name what a run may have written, and the directory only when nothing else is in it. */
async function removeOwn(directory: string, owned: ReadonlySet<string>): Promise<void> {
  if (!(await exists(directory))) return;
  for (const name of await readdir(directory)) if (owned.has(name)) await unlink(join(directory, name));
  await rmdir(directory);
}

async function refuseForeign(target: string, owned: ReadonlySet<string>): Promise<void> {
  const refuse = (what: string): never => {
    throw new WherryError(pipelineDiagnostics.OUTPUT_NOT_OURS, {
      what,
      where: target,
      next: 'give a new or empty folder with --out or --dump',
    });
  };
  if (`${resolve('.')}${sep}`.startsWith(target.endsWith(sep) ? target : `${target}${sep}`)) {
    refuse('the current folder stands in it, and it would be replaced as a whole');
  }
  const status = await lstat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (status === undefined) return;
  if (!status.isDirectory()) refuse(status.isSymbolicLink() ? 'it is a symbolic link' : 'it is a file');
  const foreign = (await readdir(target)).sort().find((name) => !owned.has(name));
  if (foreign !== undefined) refuse(`"${foreign}" in it was not written by this tool`);
}

/** Directories cannot be opened on Windows; there the rename alone has to do. */
async function flushDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function asideOf(target: string): string {
  return siblingOf(target, '.wherry-old');
}

function siblingOf(target: string, suffix: string): string {
  return join(dirname(target), `.${basename(target)}${suffix}`);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** What to do about it; everything else is said by the name of the error. */
const nextOf: { readonly [code: string]: string } = {
  ENOSPC: 'free some space there, or give another folder',
  EDQUOT: 'free some of your quota there, or give another folder',
  EROFS: 'give a folder on a file system that can be written to',
  EACCES: 'give a folder that you may write to',
  EPERM: 'give a folder that you may write to',
  EBUSY: 'something is mounted on it: give a folder below it',
  ENOTDIR: 'a file stands in its path: give another folder',
  ENAMETOOLONG: 'give a shorter path',
};

function explain(error: unknown, directory: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  return new WherryError(
    pipelineDiagnostics.OUTPUT_FAILED,
    {
      what: `the file system refused "${String(error.syscall)}": ${String(code)}; what stood there before is unchanged`,
      where: directory,
      next: nextOf[String(code)] ?? 'check the disk and the permissions of that folder',
    },
    { cause: error },
  );
}
