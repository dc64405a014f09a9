// A checkpoint on the disk: it is there whole, or the one before it is.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Graph, TensorData, TensorId } from '@wherry/graph';
import { WherryError } from '@wherry/graph';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  type GraphFormats,
  type Head,
  type TrainingSample,
  type TrainingSettings,
  type TrainingState,
} from '@wherry/trainer';
import { requirePlaceForFile, writeWholeFile } from '../output/whole-file.js';
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
  /** What is trained on, and what says when to stop: of one file that may be other windows, labels or a part. */
  readonly samples: readonly TrainingSample[];
  readonly heldBack: readonly TrainingSample[];
  readonly heads: readonly Head[];
  readonly formats: GraphFormats;
}

export function fingerprintOf({ graph, teacher, ranges, samples, heldBack, formats, ...rest }: TrainingOrigin): string {
  const hash = createHash('sha256');
  for (const { tensors, nodes } of [graph, teacher]) {
    hash.update(JSON.stringify(nodes));
    for (const { data, shape } of tensors) {
      hash.update(JSON.stringify(shape));
      if (data !== undefined) hash.update(bytesOf(data));
    }
  }
  for (const part of [samples, heldBack]) {
    hash.update(`${part.length} samples`);
    for (const { inputs, truths } of part)
      for (const values of [...inputs, ...truths]) {
        hash.update(values === undefined ? 'none' : `${values.length} values`);
        if (values !== undefined) hash.update(bytesOf(values));
      }
  }
  for (const [name, entries] of Object.entries(formats) as [string, ReadonlyMap<TensorId, unknown>][])
    hash.update(
      name +
        JSON.stringify([...entries], (_, value: unknown) =>
          ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value,
        ),
    );
  return hash.update(JSON.stringify([[...ranges], rest])).digest('hex');
}

function bytesOf(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
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

/** Before anything is done that would be lost. Throws CHECKPOINT_ACCESS. */
export async function requireCheckpointPlace(path: string): Promise<void> {
  try {
    await requirePlaceForFile(path);
  } catch (error) {
    throw accessFault(path, error);
  }
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
