// The fingerprint of the content that samples come from.
import { createHash } from 'node:crypto';
import { readChunks } from './bytes/file-access.js';
import type { DataRecord, RecordSource } from './formats/format.js';

/** SHA-256 in hex of the files that `records` come from, or of their values where they come from none. */
export async function hashContent(source: RecordSource, records: AsyncIterable<DataRecord>): Promise<string> {
  if (source.files.length === 0 && source.ownFiles !== true) return hashValues(records);
  const digests: Buffer[] = [];
  for (const file of source.files) digests.push(await hashFile(file));
  let last: string | undefined;
  if (source.ownFiles === true) {
    for await (const { file } of records) {
      if (file !== undefined && file !== last) digests.push(await hashFile(file));
      last = file;
    }
  }
  if (digests.length === 1) return digests[0]!.toString('hex');
  return createHash('sha256').update(Buffer.concat(digests)).digest('hex');
}

async function hashFile(path: string): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of readChunks(path)) hash.update(chunk);
  return hash.digest();
}

async function hashValues(records: AsyncIterable<DataRecord>): Promise<string> {
  const hash = createHash('sha256');
  for await (const { label, target, load } of records) {
    for (const { shape, data } of await load()) {
      hash.update(`[${shape.join()}]`);
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    hash.update(`label ${label} target ${target?.join()}\n`);
  }
  return hash.digest('hex');
}
