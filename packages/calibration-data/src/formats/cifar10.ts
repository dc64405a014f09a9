// CIFAR-10 binary records: one label byte, then 1024 red, 1024 green and 1024 blue bytes of a 32x32 picture.
import { ByteReader } from '../bytes/byte-reader.js';
import { readAt, readChunks } from '../bytes/file-access.js';
import { refuse } from '../refuse.js';
import type { DataFormat, Match, Probe } from './format.js';

const pixels = 1024;
const recordBytes = 1 + 3 * pixels;
const classes = 10;

export const cifar10: DataFormat = {
  name: 'cifar10',
  summary: 'CIFAR-10 binary batches, values 0..255, given as 32x32x3',
  example: 'cifar10:data_batch_1.bin',
  options: [],
  match,
  open: async ({ path, size }) => {
    if (size % recordBytes !== 0) {
      refuse('DATA_TRUNCATED', {
        what: `${size} bytes are not a whole number of records of ${recordBytes}`,
        where: path,
        next: 'copy the file again, or declare it as raw:',
      });
    }
    const count = size / recordBytes;
    return { count, files: [path], records: () => readRecords(path, count) };
  },
};

async function* readRecords(path: string, count: number) {
  const reader = new ByteReader(readChunks(path), path);
  try {
    for (let i = 0; i < count; i++) {
      const record = await reader.need(recordBytes);
      const label = record[0]!;
      if (label >= classes) {
        refuse('DATA_MALFORMED', {
          what: `record ${i} has label ${label}, CIFAR-10 has 0 to 9`,
          where: `${path}, byte ${i * recordBytes}`,
          next: 'make sure that this is a CIFAR-10 binary batch',
        });
      }
      yield { id: `${i}`, label, load: () => [{ shape: [32, 32, 3], data: interleave(record), pixels: true }] };
    }
  } finally {
    await reader.close();
  }
}

function interleave(record: Uint8Array): Float32Array {
  const data = new Float32Array(3 * pixels);
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < 3; c++) data[3 * p + c] = record[1 + c * pixels + p]!;
  }
  return data;
}

/** There is no magic: eight or more records whose label bytes are all classes tell (1 in 10^11 by chance), fewer do not. */
async function match({ path, name, size, gzip, isFolder }: Probe): Promise<Match> {
  if (isFolder || gzip || size === 0 || size % recordBytes !== 0 || !name.endsWith('.bin')) return undefined;
  const looked = Math.min(size / recordBytes, 32);
  for (let i = 0; i < looked; i++) {
    if ((await readAt(path, i * recordBytes, 1))[0]! >= classes) return undefined;
  }
  return looked >= 8 ? 'content' : 'name';
}
