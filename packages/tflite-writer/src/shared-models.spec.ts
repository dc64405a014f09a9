// Every real model reads, verifies, and comes out of the writer with the same content and no larger.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describeShared, sharedPath } from '@wherry/testing';
import { decode, encode, verify } from './index.js';

/** The same value with byte vectors as hashes: comparing megabytes element by element takes minutes. */
function comparable(value: unknown): unknown {
  if (value instanceof Uint8Array) return `${value.byteLength}:${createHash('sha256').update(value).digest('hex')}`;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, comparable(each)]));
}

function isAligned(bytes: Uint8Array): boolean {
  try {
    decode(bytes, { alignedData: true });
    return true;
  } catch {
    return false;
  }
}

describeShared('the shared models', () => {
  const files = readdirSync(sharedPath('models'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tflite'))
    .sort();

  it('are there', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it.each(files)('%s', (file) => {
    const bytes = readFileSync(sharedPath('models', file));
    const model = verify(bytes);
    const written = encode(model);
    expect(comparable(decode(written, { alignedData: true }))).toEqual(comparable(model));
    // Aligning the constants of a file that did not costs up to 15 bytes; the writer never costs anything else.
    expect(written.byteLength).toBeLessThanOrEqual(bytes.byteLength + (isAligned(bytes) ? 0 : 15));
  });
});
