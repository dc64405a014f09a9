// A report in a file of its own: put in place whole, and only over one that this tool wrote.
import { lstat, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';
import { holds } from './file-identity.js';
import { explainOutput } from './output-fault.js';
import { writeWholeFile } from './whole-file.js';

/** What is written where an option says. */
export interface ReportKind {
  /** `--report` */
  readonly option: string;
  /** What every report of the kind begins with, in ASCII, so that no other file is taken for an older one. */
  readonly mark: string;
}

/** Folders of the run, and the options that name them. */
export interface Folders {
  readonly out?: string | undefined;
  readonly dump?: string | undefined;
}

/**
 * Before any work. Throws REPORT_NOT_OURS where something else stands there or the report would lie in a folder that is replaced
 * as a whole, and OUTPUT_FAILED where its folder is not there.
 */
export async function requireOwnReport(path: string, kind: ReportKind, { out, dump }: Folders = {}): Promise<void> {
  for (const [option, folder] of [
    ['--out', out],
    ['--dump', dump],
  ] as const)
    if (folder !== undefined && (await holds(folder, path)))
      refuse(path, kind, `it lies in the folder of ${option}, which is replaced as a whole`);
  const status = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw explainOutput(error, path);
  });
  if (status === undefined) return requireFolder(path, kind);
  if (!status.isFile()) refuse(path, kind, status.isDirectory() ? 'it is a folder' : 'it is no regular file');
  if (status.size > 0 && !(await beginsWith(path, kind.mark)))
    refuse(path, kind, 'the file there is none that this tool wrote');
}

/** One that `requireOwnReport` has let pass. Throws OUTPUT_FAILED. */
export async function removeReport(path: string): Promise<void> {
  await rm(path, { force: true }).catch((error: unknown) => {
    throw explainOutput(error, path);
  });
}

/** Throws OUTPUT_FAILED; what stood there before is still there then. */
export async function writeReport(path: string, text: string): Promise<void> {
  try {
    await writeWholeFile(path, text);
  } catch (error) {
    throw explainOutput(error, path);
  }
}

async function requireFolder(path: string, kind: ReportKind): Promise<void> {
  const status = await stat(dirname(path)).catch((error: unknown) => {
    throw explainOutput(error, path);
  });
  if (!status.isDirectory()) refuse(path, kind, `${dirname(path)} is no folder`);
}

async function beginsWith(path: string, mark: string): Promise<boolean> {
  const file = await open(path).catch((error: unknown) => {
    throw explainOutput(error, path);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mark.length), 0, mark.length, 0);
    return buffer.subarray(0, bytesRead).toString('latin1') === mark;
  } finally {
    await file.close();
  }
}

function refuse(where: string, { option }: ReportKind, what: string): never {
  throw new WherryError(pipelineDiagnostics.REPORT_NOT_OURS, {
    what,
    where,
    next: `give ${option} the path of a file that is not there yet, or of one that an earlier run wrote`,
  });
}
