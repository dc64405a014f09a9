// Headerless binary: records of a declared type and shape, one after the other.
import { ByteReader } from '../bytes/byte-reader.js';
import { readChunks } from '../bytes/file-access.js';
import { readNumbers } from '../bytes/numeric-type.js';
import { readLabelTable } from '../label-table.js';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import { elements, show } from '../sample-shape.js';
import type { DataFormat } from './format.js';

export const raw: DataFormat = {
  name: 'raw',
  summary: 'binary records of a declared type and shape, real value = (stored - zeroPoint) * scale',
  example: 'raw:features.bin?dtype=int8&shape=49x10x1&scale=0.5&zeroPoint=83&labels=features.csv',
  options: ['dtype', 'shape', 'endian', 'skip', 'scale', 'zeroPoint', 'labels', 'labelColumn'],
  // A name says nothing about what is inside; only a declaration makes a file raw.
  match: ({ name }) => (name.endsWith('.raw') || name.endsWith('.bin') || name.endsWith('.dat') ? 'name' : undefined),
  open: async ({ path, size, options }) => {
    const type = options.required('dtype', options.type('dtype'), 'dtype=int8');
    const shape = options.required('shape', options.shape('shape'), 'shape=49x10x1');
    const little = options.choice('endian', ['little', 'big']) !== 'big';
    const skip = options.count('skip', 0) ?? 0;
    const scale = options.number('scale') ?? 1;
    const zeroPoint = options.number('zeroPoint') ?? 0;
    const bytes = elements(shape) * type.bytes;
    if (bytes > limits.recordBytes)
      refuse('DATA_TOO_LARGE', {
        what: `one record has ${bytes} bytes`,
        where: path,
        next: 'declare the shape of one sample',
      });
    const count = (size - skip) / bytes;
    if (!Number.isInteger(count) || count < 0) {
      refuse('DATA_TRUNCATED', {
        what: `${Math.max(0, size - skip)} bytes are not a whole number of records of ${bytes} (${show(shape)} ${type.name})`,
        where: path,
        next: 'correct dtype, shape or skip',
      });
    }
    const table = await readLabelTable(path, options, count);
    return {
      count,
      ...(scale === 1 && zeroPoint === 0 && { stored: type.name }),
      files: [path, ...table.files],
      ...(table.names && { labels: table.names }),
      records: async function* () {
        const reader = new ByteReader(readChunks(path, skip), path);
        try {
          for (let i = 0; i < count; i++) {
            const record = await reader.need(bytes);
            const load = () => {
              const data = readNumbers(type, record, little);
              if (scale !== 1 || zeroPoint !== 0)
                for (let k = 0; k < data.length; k++) data[k] = (data[k]! - zeroPoint) * scale;
              return [{ shape, data }];
            };
            yield { id: `${i}`, label: table.labels?.[i], load };
          }
        } finally {
          await reader.close();
        }
      },
    };
  },
};
