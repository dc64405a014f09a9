// Reads the model that the user names, with a cap, and fingerprints it.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { WherryError } from '@wherry/graph';
import { pipelineDiagnostics } from '../diagnostics.js';

/** Flash of the largest supported device is a thousandth of it. */
const greatestModelBytes = 1 << 30;

export interface ModelFile {
  /** Without its folder: outputs name files, never places of a machine. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Throws MODEL_UNREADABLE. */
export async function readModelFile(path: string): Promise<ModelFile> {
  const bytes = await readCapped(path);
  return { fileName: basename(path), bytes, sha256: sha256(bytes) };
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function readCapped(path: string): Promise<Uint8Array> {
  const refuse = (what: string, next: string): never => {
    throw new WherryError(pipelineDiagnostics.MODEL_UNREADABLE, { what, where: path, next });
  };
  // Not to wait for a writer where the path is a pipe; Windows has neither the flag nor such pipes.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: NodeJS.ErrnoException) =>
      refuse(
        error.code === 'ENOENT' ? 'there is no such file' : `it cannot be opened: ${error.code ?? error.message}`,
        'check the path; relative paths start at the current folder',
      ),
  );
  try {
    const status = await file.stat();
    if (status.isDirectory())
      refuse(
        'it is a folder',
        'give the .keras, .h5, .hdf5 or .tflite file; export a SavedModel to one of these first',
      );
    if (!status.isFile()) refuse('it is not a regular file', 'give the .keras, .h5, .hdf5 or .tflite file itself');
    if (status.size > greatestModelBytes)
      refuse(
        `it has ${status.size} bytes, the most is ${greatestModelBytes}`,
        'export the model without optimizer state',
      );
    return await file.readFile();
  } finally {
    await file.close();
  }
}
