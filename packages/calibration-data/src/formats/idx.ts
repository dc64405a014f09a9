// IDX, the format of MNIST, plain or gzipped; labels from the sibling file of the same name.
import { basename, dirname, join } from 'node:path';
import type { Shape } from '@wherry/graph';
import { besideData } from '../beside-data.js';
import { ByteReader } from '../bytes/byte-reader.js';
import { readAt, readChunks, sizeOf, statusOf } from '../bytes/file-access.js';
import { inflate } from '../bytes/inflate.js';
import { numericTypes, readNumbers, type NumericType } from '../bytes/numeric-type.js';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import type { DataFormat, DataRecord } from './format.js';

const types: ReadonlyMap<number, NumericType> = new Map([
  [0x08, numericTypes.uint8],
  [0x09, numericTypes.int8],
  [0x0b, numericTypes.int16],
  [0x0c, numericTypes.int32],
  [0x0d, numericTypes.float32],
  [0x0e, numericTypes.float64],
]);

interface IdxHeader {
  readonly type: NumericType;
  readonly shape: Shape;
}

export const idx: DataFormat = {
  name: 'idx',
  summary: 'IDX as used by MNIST, .gz too, labels from the sibling *-labels-idx1-ubyte file',
  example: 'idx:t10k-images-idx3-ubyte.gz?labels=t10k-labels-idx1-ubyte.gz',
  options: ['labels'],
  match: ({ head, name }) => {
    const shaped =
      head.length >= 8 && head[0] === 0 && head[1] === 0 && types.has(head[2]!) && head[3]! >= 1 && head[3]! <= 4;
    return shaped ? 'content' : /[.-]idx\d?(-ubyte)?$/.test(name) ? 'name' : undefined;
  },
  open: async ({ path, options }) => {
    const { shape, type } = await peekHeader(path);
    const [count = 0, ...rest] = shape;
    const bytes = rest.reduce((product, dimension) => product * dimension, type.bytes);
    if (bytes > limits.recordBytes)
      refuse('DATA_TOO_LARGE', { what: `one sample has ${bytes} bytes`, where: path, next: 'check the file' });
    const declared = options.text('labels');
    const labelPath = declared === undefined ? await siblingLabels(path) : besideData(path, declared);
    if (labelPath !== undefined) await checkLabels(labelPath, count);
    return {
      count: bytes === 0 ? 0 : count,
      files: labelPath === undefined ? [path] : [path, labelPath],
      records: () => readRecords(path, labelPath),
    };
  },
};

async function* readRecords(path: string, labelPath: string | undefined): AsyncGenerator<DataRecord> {
  const reader = await openReader(path);
  const labelReader = labelPath === undefined ? undefined : await openReader(labelPath);
  try {
    const { type, shape } = await readHeader(reader, path);
    const [count = 0, ...rest] = shape;
    const bytes = rest.reduce((product, dimension) => product * dimension, type.bytes);
    if (labelReader !== undefined) await readHeader(labelReader, labelPath!);
    for (let i = 0; i < count; i++) {
      const record = await reader.need(bytes);
      const label = labelReader === undefined ? undefined : (await labelReader.need(1))[0]!;
      yield {
        id: `${i}`,
        label,
        load: () => [{ shape: rest, data: readNumbers(type, record, false), pixels: type.name === 'uint8' }],
      };
    }
    await reader.expectEnd();
  } finally {
    await reader.close();
    await labelReader?.close();
  }
}

async function openReader(path: string): Promise<ByteReader> {
  const size = await sizeOf(path);
  const magic = await readAt(path, 0, 2);
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  return new ByteReader(
    gzip ? inflate(readChunks(path), { kind: 'gzip', name: path, compressedBytes: size }) : readChunks(path),
    path,
  );
}

async function readHeader(reader: ByteReader, where: string): Promise<IdxHeader> {
  const magic = Uint8Array.from(await reader.need(4));
  const type = magic[0] === 0 && magic[1] === 0 ? types.get(magic[2]!) : undefined;
  const rank = magic[3]!;
  if (type === undefined || rank < 1 || rank > limits.rank) {
    refuse('DATA_MALFORMED', {
      what: 'the file does not begin with an IDX type and rank',
      where,
      next: 'give an IDX file, or name the format that it has',
    });
  }
  const dimensions = await reader.need(4 * rank);
  const view = new DataView(dimensions.buffer, dimensions.byteOffset, dimensions.byteLength);
  return { type, shape: Array.from({ length: rank }, (_, d) => view.getUint32(4 * d, false)) };
}

/** The header, checked against the size of the file where that is not compressed. */
async function peekHeader(path: string): Promise<IdxHeader> {
  const reader = await openReader(path);
  try {
    const header = await readHeader(reader, path);
    const bytes = header.shape.reduce((product, dimension) => product * dimension, header.type.bytes);
    const size = await sizeOf(path);
    const gzip = (await readAt(path, 0, 1))[0] === 0x1f;
    if (!Number.isSafeInteger(bytes) || (!gzip && bytes + reader.position !== size)) {
      refuse('DATA_TRUNCATED', {
        what: `the header gives ${header.shape.join('x')} ${header.type.name}, ${bytes} bytes, and the file has ${size - reader.position}`,
        where: path,
        next: 'copy the file again',
      });
    }
    return header;
  } finally {
    await reader.close();
  }
}

async function siblingLabels(path: string): Promise<string | undefined> {
  for (const candidate of labelsBeside(path)) if ((await statusOf(candidate))?.isFile()) return candidate;
  return undefined;
}

/** Where the labels of such a file are looked for, the first place first; nowhere where its name does not tell. */
export function labelsBeside(path: string): readonly string[] {
  const name = basename(path);
  const label = name.replace(/images([.-])idx\d/, 'labels$1idx1');
  if (label === name) return [];
  const plain = label.replace(/\.gz$/, '');
  return [plain, `${plain}.gz`].map((file) => join(dirname(path), file));
}

async function checkLabels(path: string, count: number): Promise<void> {
  const { shape, type } = await peekHeader(path);
  if (shape.length === 1 && type.bytes === 1 && shape[0] === count) return;
  refuse('DATA_LABELS', {
    what: `the label file holds ${shape.join('x')} ${type.name} and there are ${count} samples`,
    where: path,
    next: 'give the label file that belongs to the samples',
  });
}
