// NumPy .npy: an array of samples along its first axis, or one sample of exactly the model's shape.
import type { Shape } from '@wherry/graph';
import { ByteReader } from '../bytes/byte-reader.js';
import { readChunks } from '../bytes/file-access.js';
import { npyMagic, readNpyHeader, type NpyHeader } from '../bytes/npy-header.js';
import { npyRows } from '../bytes/npy-rows.js';
import { readNumbers } from '../bytes/numeric-type.js';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import { sameSample } from '../sample-shape.js';
import { startsWith, type DataFormat, type Values } from './format.js';

export const npy: DataFormat = {
  name: 'npy',
  summary: 'NumPy array, samples along the first axis',
  example: 'npy:samples.npy',
  options: [],
  match: ({ head, name }) => (startsWith(head, [...npyMagic]) ? 'content' : name.endsWith('.npy') ? 'name' : undefined),
  open: async ({ path, size, expectations }) => {
    const { header, position } = await peek(path);
    if (position + header.bytes !== size) {
      refuse('DATA_TRUNCATED', {
        what: `the header gives ${header.bytes} bytes of elements and the file has ${size - position}`,
        where: path,
        next: 'copy or save the file again',
      });
    }
    const split = splitSamples(header, expectations[0]?.shape ?? [], path);
    return {
      count: split.count,
      stored: header.type.name,
      files: [path],
      records: async function* () {
        const reader = new ByteReader(readChunks(path, position), path);
        try {
          const rows = npyRows(reader, header, split.shape, path);
          for (let i = 0; i < split.count; i++) {
            const bytes = await rows.next();
            yield { id: `${i}`, load: () => [readValues(header, split, bytes)] };
          }
        } finally {
          await reader.close();
        }
      },
    };
  },
};

/** One sample of an array. */
export function readValues({ type, littleEndian }: NpyHeader, { shape }: SampleSplit, bytes: Uint8Array): Values {
  return { shape, data: readNumbers(type, bytes, littleEndian), pixels: type.name === 'uint8' };
}

async function peek(path: string): Promise<{ header: NpyHeader; position: number }> {
  const reader = new ByteReader(readChunks(path), path);
  try {
    return { header: await readNpyHeader(reader, path), position: reader.position };
  } finally {
    await reader.close();
  }
}

export interface SampleSplit {
  readonly count: number;
  readonly shape: Shape;
  /** Bytes of one sample. */
  readonly bytes: number;
}

/** How an array falls into samples: whole if it has the model's shape to the last dimension, else by its first axis. */
export function splitSamples(header: NpyHeader, expected: Shape, where: string): SampleSplit {
  const batched = expected[0] === 1 && expected.length > 1 ? expected.slice(1) : expected;
  const whole =
    header.shape.length === 0 ||
    (header.shape.length === batched.length && sameSample(header.shape, batched) && header.shape[0] === batched[0]);
  const [first = 1, ...rest] = header.shape;
  const split = whole ? { count: 1, shape: header.shape } : { count: first, shape: rest };
  const bytes = split.shape.reduce((product, dimension) => product * dimension, header.type.bytes);
  if (bytes > limits.recordBytes) {
    refuse('DATA_TOO_LARGE', {
      what: `one sample has ${bytes} bytes, the limit is ${limits.recordBytes}`,
      where,
      next: 'put the samples along the first axis',
    });
  }
  return bytes === 0 ? { count: 0, shape: split.shape, bytes } : { ...split, bytes };
}
