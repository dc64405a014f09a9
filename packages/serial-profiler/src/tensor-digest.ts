// SHA-256 as both ends take it of inputs and tensors.
import { createHash } from 'node:crypto';

/** Of all inputs in their order: 64 hexadecimal digits. */
export function inputsDigest(inputs: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(input);
  return hash.digest('hex');
}

/** Of what a tensor holds in the run with these inputs: 32 bytes. */
export function tensorDigest(inputs: string, tensor: Uint8Array): Uint8Array {
  return createHash('sha256').update(Buffer.from(inputs, 'hex')).update(tensor).digest();
}
