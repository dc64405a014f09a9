// A report page as a file: put in place whole, and only over one that this tool wrote.
import { lstat, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pageMark, renderPage, type ReportPage } from '@wherry/report-page';
import { pipelineDiagnostics } from '../diagnostics.js';
import { holds } from './file-identity.js';
import { explainOutput } from './output-fault.js';

/** Folders of the run, and the options that name them. */
export interface Folders {
  readonly out?: string | undefined;
  readonly dump?: string | undefined;
}

/**
 * Before any work. Throws REPORT_NOT_OURS where something else stands there or the page would lie in a folder that is replaced
 * as a whole, and OUTPUT_FAILED where its folder is not there.
 */
export async function requireOwnPage(path: string, { out, dump }: Folders = {}): Promise<void> {
  for (const [option, folder] of [
    ['--out', out],
    ['--dump', dump],
  ] as const)
    if (folder !== undefined && (await holds(folder, path)))
      refuse(path, `it lies in the folder of ${option}, which is replaced as a whole`);
  const status = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw explainOutput(error, path);
  });
  if (status === undefined) return requireFolder(path);
  if (!status.isFile()) refuse(path, status.isDirectory() ? 'it is a folder' : 'it is no regular file');
  if (!(await beginsAsOurs(path))) refuse(path, 'the file there is none that this tool wrote');
}

/** Throws OUTPUT_FAILED; what stood there before is still there then. */
export async function writePage(path: string, page: ReportPage, signal?: AbortSignal): Promise<void> {
  const fresh = join(dirname(path), `.${basename(path)}.${process.pid}.wherry-new`);
  try {
    const file = await open(fresh, 'wx');
    try {
      await file.writeFile(renderPage(page));
      await file.sync();
    } finally {
      await file.close();
    }
    signal?.throwIfAborted();
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw explainOutput(error, path);
  }
}

async function requireFolder(path: string): Promise<void> {
  const status = await stat(dirname(path)).catch((error: unknown) => {
    throw explainOutput(error, path);
  });
  if (!status.isDirectory()) refuse(path, `${dirname(path)} is no folder`);
}

async function beginsAsOurs(path: string): Promise<boolean> {
  const file = await open(path).catch((error: unknown) => {
    throw explainOutput(error, path);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(pageMark.length), 0, pageMark.length, 0);
    return buffer.subarray(0, bytesRead).toString('latin1') === pageMark;
  } finally {
    await file.close();
  }
}

function refuse(where: string, what: string): never {
  throw new WherryError(pipelineDiagnostics.REPORT_NOT_OURS, {
    what,
    where,
    next: 'give --report the path of a file that is not there yet, or of a page that an earlier run wrote',
  });
}
