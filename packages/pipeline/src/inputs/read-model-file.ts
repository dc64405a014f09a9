// Reads the model that the user names, with a cap, and fingerprints it.
import { createHash } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { nearestName } from '@wherry/profiles';
import { pipelineDiagnostics } from '../diagnostics.js';
import { readRegularFile, type FileFault } from './read-regular-file.js';

/** Flash of the largest supported device is a thousandth of it. */
const greatestModelBytes = 1 << 30;

export interface ModelFile {
  /** Without its folder: outputs name files, never places of a machine. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** A path, or what stands in the file already read. The extension of the name says nothing that the bytes do not. */
export type GivenModel = string | Pick<ModelFile, 'fileName' | 'bytes'>;

/** Throws MODEL_UNREADABLE, and MODEL_DENIED for a file that is there. */
export async function readModelFile(model: GivenModel): Promise<ModelFile> {
  const { fileName, bytes } =
    typeof model === 'string' ? { fileName: basename(model), bytes: await readCapped(model) } : model;
  return { fileName, bytes, sha256: sha256(bytes) };
}

/** Before anything else is asked for. Throws MODEL_UNREADABLE for a path with nothing at its end. */
export async function requireModelThere(path: string): Promise<void> {
  const there = await lstat(path).then(
    () => true,
    () => false,
  );
  if (!there) await readCapped(path);
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function readCapped(path: string): Promise<Uint8Array> {
  const read = await readRegularFile(path, greatestModelBytes);
  if (read instanceof Uint8Array) return read;
  const code = read.kind === 'denied' ? 'MODEL_DENIED' : 'MODEL_UNREADABLE';
  const meant = read.kind === 'missing' ? await nearestModel(path) : undefined;
  const next = meant === undefined ? adviceFor(read) : `did you mean ${meant}?`;
  throw new WherryError(pipelineDiagnostics[code], { what: read.what, where: path, next });
}

/** A model in the same folder whose name is nearly that. */
async function nearestModel(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(keras|h5|hdf5|tflite)$/i.test(name));
  const meant = nearestName(basename(path), names.sort());
  return meant === null ? undefined : folder === '.' ? meant : join(folder, meant);
}

function adviceFor({ kind, what, next }: FileFault): string {
  if (kind === 'too large') return 'export the model without optimizer state';
  if (kind !== 'not a file') return next;
  return what === 'it is a folder'
    ? 'give the .keras, .h5, .hdf5 or .tflite file; export a SavedModel to one of these first'
    : 'give the .keras, .h5, .hdf5 or .tflite file itself';
}
