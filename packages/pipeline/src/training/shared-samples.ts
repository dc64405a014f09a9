// Samples that are evaluated on although they had a part in the training: known by their values, whatever files they are in.
import { createHash } from 'node:crypto';
import { WherryError, type TensorData } from '@wherry/graph';
import type { GraphData } from '../inputs/datasets.js';
import { trainingDiagnostics } from './diagnostics.js';

/** The same for the same values. */
export function sampleKey(inputs: readonly TensorData[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of inputs) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('base64');
}

export interface SharedSamples {
  readonly shared: number;
  /** All that are evaluated. */
  readonly of: number;
}

/**
 * How many of the samples to evaluate are among `given`, all that a training was given. Throws TRAINING_EVALUATION where there
 * are no others.
 */
export async function sharedWith(
  { dataset, name }: Pick<GraphData, 'dataset' | 'name'>,
  given: readonly { readonly inputs: readonly TensorData[] }[],
): Promise<SharedSamples> {
  const keys = new Set(given.map(({ inputs }) => sampleKey(inputs)));
  let [shared, of] = [0, 0];
  for await (const { inputs } of dataset.samples()) {
    of += 1;
    if (keys.has(sampleKey(inputs))) shared += 1;
  }
  if (shared < of) return { shared, of };
  throw new WherryError(trainingDiagnostics.TRAINING_EVALUATION, {
    what: 'the samples to evaluate are among those that are trained on, every one',
    where: name,
    next: 'give other samples with --evaluation',
  });
}
