// Every real model reads, verifies, and comes out of the writer with the same content and no larger.
import { readdirSync, readFileSync } from 'node:fs';
import { describeShared, sharedPath } from '@wherry/testing';
import { decode, encode } from './index.js';

describeShared('the shared models', () => {
  const files = readdirSync(sharedPath('models'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tflite'))
    .sort();

  it('are there', () => {
    expect(files.length).toBeGreaterThan(100);
  });

  it.each(files)('%s', (file) => {
    const bytes = readFileSync(sharedPath('models', file));
    const model = decode(bytes);
    const written = encode(model);
    expect(decode(written)).toEqual(model);
    expect(written.byteLength).toBeLessThanOrEqual(bytes.byteLength);
  });
});
