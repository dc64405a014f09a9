// Writes a set of files so that a directory holds the old set whole or the new set whole, whatever happens in between.
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';

export type OutputFiles = ReadonlyMap<string, string | Uint8Array>;

/** File names that a run may write; whatever else stands in the directory is somebody's work and is never touched. */
const fileName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/**
 * Fills a fresh sibling directory, flushes it, and renames it into place. An older output of ours is moved aside first and
 * removed last; `recoverOutput` puts it back if a run died between the two renames.
 * Throws OUTPUT_NOT_OURS when the directory holds files that are not in `owned`, OUTPUT_FAILED for what the file system refuses.
 */
export async function writeOutputDirectory(directory: string, files: OutputFiles, owned: ReadonlySet<string>): Promise<void> {
  const target = resolve(directory);
  const staging = siblingOf(target, `.${randomBytes(6).toString('hex')}.new`);
  try {
    await recoverOutput(target);
    await refuseForeign(target, owned);
    await mkdir(dirname(target), { recursive: true });
    await fillDirectory(staging, files);
    await replaceDirectory(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw explain(error, directory);
  }
}

/** Completes what an earlier, killed run left half way: the directory moved aside comes back when nothing took its place. */
export async function recoverOutput(directory: string): Promise<void> {
  const target = resolve(directory);
  const aside = siblingOf(target, '.old');
  if (!(await exists(aside))) return;
  if (await exists(target)) await rm(aside, { recursive: true, force: true });
  else await rename(aside, target);
}

async function fillDirectory(staging: string, files: OutputFiles): Promise<void> {
  await mkdir(staging);
  for (const [name, content] of files) {
    if (!fileName.test(name)) throw new RangeError(`${name} is not a name that an output may have`);
    const file = await open(join(staging, name), 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await flushDirectory(staging);
}

async function replaceDirectory(staging: string, target: string): Promise<void> {
  const aside = siblingOf(target, '.old');
  if (await exists(target)) await rename(target, aside);
  await rename(staging, target);
  await flushDirectory(dirname(target));
  await rm(aside, { recursive: true, force: true });
}

async function refuseForeign(target: string, owned: ReadonlySet<string>): Promise<void> {
  if (!(await exists(target))) return;
  const status = await lstat(target);
  const foreign = status.isDirectory() ? (await readdir(target)).sort().find((name) => !owned.has(name)) : basename(target);
  if (foreign === undefined) return;
  throw new WherryError(pipelineDiagnostics.OUTPUT_NOT_OURS, {
    what: `${foreign} stands where the output would go, and it was not written by this tool`,
    where: target,
    next: 'give a new or empty folder with --out',
  });
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

function siblingOf(target: string, suffix: string): string {
  return join(dirname(target), `.${basename(target)}${suffix}`);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(() => true, () => false);
}

function explain(error: unknown, directory: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof WherryError) return error;
  return new WherryError(
    pipelineDiagnostics.OUTPUT_FAILED,
    {
      what: `the file system refused: ${String(error.code)}`,
      where: directory,
      next: 'check the free space and the permissions of that folder; what stood there before is unchanged',
    },
    { cause: error },
  );
}
