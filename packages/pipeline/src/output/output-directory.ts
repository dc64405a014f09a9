// Writes a set of files so that a directory holds the old set whole or the new set whole, whatever happens in between.
import { access, constants, lstat, mkdir, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { holds } from './file-identity.js';
import { explainOutput } from './output-fault.js';
import { whileLocked } from './output-lock.js';
import { fillDirectory, flushDirectory } from './fill-directory.js';
import { contentsOf, markNames, type MarkName, type OutputFiles } from './output-mark.js';
import { patiently } from './patience.js';
import { exists, leftovers, makeFolder, removeAll, siblingOf, stagingOf } from './staging-folder.js';

export type { OutputFiles } from './output-mark.js';

export interface Written {
  /** Another run had written a set there since `before` was taken; it has been replaced. */
  readonly replacedAnother: boolean;
  /** The replaced set, where the system did not let it be removed. */
  readonly leftBehind?: string;
}

/**
 * Fills a fresh sibling directory, flushes it, and renames it into place. An older output of ours is moved aside first and
 * removed last; `recoverOutput` puts it back if a run died between the two renames. An aborted `signal` is heeded until
 * the renames begin. One of the files must be a sealed list of the others (`sealed`).
 * Throws OUTPUT_NOT_OURS when the directory holds anything that this tool did not write, or that was changed since;
 * OUTPUT_BUSY while another run puts its own in place; OUTPUT_FAILED for what the file system refuses; and the signal's
 * reason. In each case the old set is in place and the fresh directory is gone.
 */
export async function writeOutputDirectory(
  directory: string,
  files: OutputFiles,
  { signal, before }: { readonly signal?: AbortSignal | undefined; readonly before?: OutputState | undefined } = {},
): Promise<Written> {
  const target = resolve(directory);
  const kind = markNames.find((name) => files.has(name));
  if (kind === undefined) throw new RangeError('the set has no list of its files');
  const staging = stagingOf(target);
  try {
    await requireOwnDirectory(directory, kind);
    await makeFolder(dirname(target));
    await fillDirectory(staging, files, signal);
    const exchange = async (): Promise<Written> => {
      await recover(target);
      const mark = await requireOurs(target, kind);
      const leftBehind = await replaceDirectory(staging, target, kind);
      const replacedAnother = before !== undefined && mark !== before.mark;
      return { replacedAnother, ...(leftBehind !== undefined && { leftBehind }) };
    };
    return await locked(target, exchange, signal);
  } catch (error) {
    // The first error is the one to tell; what this cannot do, the next run does.
    await removeAll(staging).catch(() => undefined);
    throw explainOutput(error, directory);
  }
}

/** What stands in an output folder: the list of the set that is there, if there is one. */
export interface OutputState {
  readonly mark: string | undefined;
}

/**
 * What `writeOutputDirectory` would refuse the directory for: to be told before the work, not after it. `kind`: the list
 * that the set to be written has.
 */
export async function requireOwnDirectory(directory: string, kind: MarkName = 'report.json'): Promise<OutputState> {
  const target = resolve(directory);
  try {
    await refuseAround(target);
    await requireWritable(target);
    await tryFolder(target);
    if (!(await needsLook(target))) return { mark: undefined };
    return await locked(target, async () => {
      await recover(target);
      return { mark: await requireOurs(target, kind) };
    });
  } catch (error) {
    throw explainOutput(error, directory);
  }
}

/** Completes what earlier, killed runs left half way: the directory moved aside comes back when nothing took its place. */
export async function recoverOutput(directory: string): Promise<void> {
  const target = resolve(directory);
  if (await needsLook(target)) await locked(target, () => recover(target));
}

/** Whether there is anything: an output, or what is left of one. */
async function needsLook(target: string): Promise<boolean> {
  return (await exists(target)) || (await exists(asideOf(target))) || (await leftovers(target)).length > 0;
}

async function recover(target: string): Promise<void> {
  const aside = asideOf(target);
  if (await exists(aside)) {
    if (await exists(target)) await removeOurs(aside).catch((error: unknown) => refuseRemains(error, aside));
    else await move(aside, target);
  }
  for (const left of await leftovers(target)) await removeAll(left);
}

/** Gives the folder of the replaced set, where that could not be removed. */
async function replaceDirectory(staging: string, target: string, kind: MarkName): Promise<string | undefined> {
  const aside = asideOf(target);
  const before = await exists(target);
  if (before) {
    await move(target, aside);
    // Judged again where nobody looks for it: what came into it since the last look must not be lost.
    if ((await contentsOf(aside)).kept !== undefined) {
      await move(aside, target);
      await requireOurs(target, kind);
    }
  }
  try {
    await move(staging, target);
  } catch (error) {
    if (before) await move(aside, target).catch(() => undefined);
    throw error;
  }
  await flushDirectory(dirname(target));
  // The new set is in place and flushed: an old one that will not go away is the next run's to remove.
  if (!before) return undefined;
  return removeOurs(aside).then(
    () => undefined,
    () => aside,
  );
}

/** Deletes by name what a run has written and nobody has changed, then the folders, the list last, and the directory when it is empty. */
async function removeOurs(directory: string): Promise<void> {
  const contents = await contentsOf(directory);
  if (contents.kept !== undefined) refuse(directory, `"${contents.kept}" in it ${contents.why}`);
  const isMark = (name: string): boolean => (markNames as readonly string[]).includes(name);
  const remove = async (name: string): Promise<void> => {
    await patiently(() => unlink(join(directory, name))).catch((error: NodeJS.ErrnoException) => {
      // What a system keeps beside a file goes with it.
      if (error.code !== 'ENOENT' || !basename(name).startsWith('._')) throw error;
    });
  };
  for (const name of contents.ours.filter((each) => !isMark(each))) await remove(name);
  // With the list still there, a run that is killed here leaves what the next one knows for its own.
  for (const folder of [...contents.folders].reverse()) await patiently(() => rmdir(join(directory, folder)));
  for (const name of contents.ours.filter(isMark)) await remove(name);
  await patiently(() => rmdir(directory));
}

function move(from: string, to: string): Promise<void> {
  return patiently(() => rename(from, to));
}

/** The list of the set that stands there; undefined where there is nothing. */
async function requireOurs(target: string, kind: MarkName): Promise<string | undefined> {
  const status = await lstat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (status === undefined) return undefined;
  if (!status.isDirectory()) refuse(target, status.isSymbolicLink() ? 'it is a symbolic link' : 'it is a file');
  const contents = await contentsOf(target);
  if (contents.kept !== undefined) refuse(target, `"${contents.kept}" in it ${contents.why}`);
  if (contents.markName !== undefined && contents.markName !== kind)
    refuse(target, `it holds ${setNames[contents.markName]}, and ${setNames[kind]} is to be written`);
  return contents.mark;
}

const setNames: { readonly [K in MarkName]: string } = {
  'report.json': 'an output of deploy',
  'files.json': 'a dump or a measurement',
};

/** An earlier set that stays in the way: said of the folder that it lies in. */
function refuseRemains(error: unknown, aside: string): never {
  if (error instanceof WherryError) throw error;
  const { code = '' } = error as NodeJS.ErrnoException;
  throw new WherryError(
    pipelineDiagnostics.OUTPUT_FAILED,
    {
      what: `the set that an earlier run has replaced cannot be removed (${code}); the one after it is unchanged`,
      where: aside,
      next: 'remove that folder, or give another one with --out or --dump',
    },
    { cause: error },
  );
}

async function refuseAround(target: string): Promise<void> {
  if (await holds(target, '.')) refuse(target, 'the current folder stands in it, and it would be replaced as a whole');
}

function refuse(where: string, what: string): never {
  throw new WherryError(pipelineDiagnostics.OUTPUT_NOT_OURS, {
    what,
    where,
    next: 'give a new or empty folder with --out or --dump, or move this one to another place',
  });
}

/** Where the folder's parent, or the nearest that there is of it, takes nothing, that is better told before the work. */
async function requireWritable(target: string): Promise<void> {
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    try {
      // The point makes a file in the place of a folder say what it is.
      await access(`${folder}${sep}.`, constants.W_OK | constants.X_OK);
      // Windows does not mind the point.
      if ((await stat(folder)).isDirectory()) return;
      throw Object.assign(new Error('a file'), { code: 'ENOTDIR', syscall: 'access', path: folder });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || folder === dirname(folder)) throw error;
    }
  }
}

/** What permissions do not tell: names too long, a full disk, a quota. A parent that is not there yet is made with the output. */
async function tryFolder(target: string): Promise<void> {
  if (!(await exists(dirname(target)))) return;
  const fresh = stagingOf(target);
  await mkdir(fresh);
  await patiently(() => rmdir(fresh));
}

function locked<T>(target: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  return whileLocked(siblingOf(target, '.wherry-lock'), target, work, { signal });
}

function asideOf(target: string): string {
  return siblingOf(target, '.wherry-old');
}
