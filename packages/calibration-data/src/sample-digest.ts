// Tells samples apart by their values.
import { createHash } from 'node:crypto';
import type { Sample } from './dataset.js';

/** The same for the same values of all inputs, whatever file they come from. */
export function sampleDigest(inputs: Sample['inputs']): string {
  const hash = createHash('sha1');
  for (const data of inputs) hash.update(data);
  return hash.digest('base64');
}
