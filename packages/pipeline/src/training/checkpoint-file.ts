// A checkpoint on the disk: it is there whole, or the one before it is.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Graph, TensorId } from '@wherry/graph';
import { WherryError } from '@wherry/graph';
import { decodeCheckpoint, encodeCheckpoint, type TrainingSettings, type TrainingState } from '@wherry/trainer';
import { writeWholeFile } from '../output/whole-file.js';
import { trainingDiagnostics } from './diagnostics.js';

/** Everything that decides the outcome of a training. */
export interface TrainingOrigin {
  /** What the training starts with. */
  readonly graph: Graph;
  readonly teacher: Graph;
  readonly ranges: ReadonlyMap<TensorId, { readonly min: number; readonly max: number }>;
  readonly scheme: string;
  readonly settings: TrainingSettings;
  readonly engine: string;
  /** Of the training data. */
  readonly data: string;
}

export function fingerprintOf({ graph, teacher, ranges, ...rest }: TrainingOrigin): string {
  const hash = createHash('sha256');
  for (const { tensors, nodes } of [graph, teacher]) {
    hash.update(JSON.stringify(nodes));
    for (const { data, shape } of tensors) {
      hash.update(JSON.stringify(shape));
      if (data !== undefined) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
  }
  return hash.update(JSON.stringify([[...ranges], rest])).digest('hex');
}

/** Undefined where there is none yet. Throws CHECKPOINT_ACCESS beside what decoding throws. */
export async function readCheckpoint(path: string, fingerprint: string): Promise<TrainingState | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw accessFault(path, error);
  }
  return decodeCheckpoint(bytes, fingerprint, path);
}

/** Throws CHECKPOINT_ACCESS. */
export async function writeCheckpoint(path: string, state: TrainingState, fingerprint: string): Promise<void> {
  try {
    await writeWholeFile(path, encodeCheckpoint(state, fingerprint));
  } catch (error) {
    throw accessFault(path, error);
  }
}

function accessFault(path: string, error: unknown): WherryError {
  return new WherryError(
    trainingDiagnostics.CHECKPOINT_ACCESS,
    {
      what: error instanceof Error ? error.message : String(error),
      where: path,
      next: 'name a file in a folder that is there and that can be written to, or leave --checkpoint away',
    },
    { cause: error },
  );
}
