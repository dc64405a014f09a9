// idx, cifar10 and raw on small files: the values that come out, and the refusal of each broken file.
import { gzipSync } from 'node:zlib';
import { cifarBytes, idxBytes } from '../../test/written-files.mjs';
import { createTestFolder, inputOf, readAll } from '../../test/workspace.js';

const files = createTestFolder();
afterAll(() => files.remove());
const write = files.write;

describe('idx', () => {
  const images = idxBytes(8, [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 255]);

  it('finds the labels beside the images, gzipped or not', async () => {
    write('d-labels-idx1-ubyte.gz', gzipSync(idxBytes(8, [2], [7, 3])));
    const expected = {
      values: [
        [1, 2, 3, 4],
        [5, 6, 7, 255],
      ],
      labels: [7, 3],
    };
    expect(await readAll(write('d-images-idx3-ubyte', images), inputOf(2, 2, 1))).toMatchObject(expected);
    const { samples, dataset } = await readAll(write('e.gz', gzipSync(images)), inputOf(4));
    expect([samples.length, dataset.format]).toEqual([2, 'idx']);
  });

  it('reads big-endian types', async () => {
    expect((await readAll(write('s.idx', idxBytes(0x0b, [1, 2], [0xff, 0xff, 1, 0])), inputOf(2))).values).toEqual([
      [-1, 256],
    ]);
  });

  it.each([
    ['a cut file', images.subarray(0, -1), /DATA_TRUNCATED/],
    ['a cut gzip', gzipSync(images).subarray(0, -12), /DATA_MALFORMED/],
    ['a gzip that goes on', gzipSync(Buffer.concat([images, Buffer.alloc(3)])), /DATA_TRUNCATED/],
    ['a huge shape', idxBytes(8, [4294967295, 4294967295, 4294967295], [1]), /DATA_TRUNCATED|DATA_TOO_LARGE/],
    ['another type', idxBytes(0x77, [1], [1]), /DATA_MALFORMED/],
  ])('refuses %s', async (_, bytes, refusal) => {
    await expect(readAll(`idx:${write('bad-idx3', bytes)}`, inputOf(4))).rejects.toThrow(refusal);
  });

  it('refuses labels of another length', async () => {
    write('l', idxBytes(8, [3], [1, 2, 3]));
    await expect(readAll(`${write('f.idx', images)}?labels=l`, inputOf(4))).rejects.toThrow(/DATA_LABELS/);
  });
});

it('takes labels from a whole path as it is, and others from beside the data', async () => {
  const elsewhere = createTestFolder();
  try {
    const bytes = elsewhere.write('l', idxBytes(8, [2], [7, 3]));
    const images = write('g.idx', idxBytes(8, [2, 1], [1, 2]));
    expect((await readAll(`${images}?labels=${bytes}`, inputOf(1))).labels).toEqual([7, 3]);
    const table = elsewhere.write('l.csv', 'label\n5\n4\n');
    const records = `raw:${write('g.bin', Buffer.alloc(2))}?dtype=uint8&shape=1`;
    expect((await readAll(`${records}&labels=${table}`, inputOf(1))).labels).toEqual([5, 4]);
    await expect(readAll(`${records}&labels=l.csv`, inputOf(1))).rejects.toThrow(/DATA_/);
  } finally {
    elsewhere.remove();
  }
});

describe('cifar10 and raw', () => {
  it('interleaves the planes', async () => {
    const bytes = cifarBytes(8);
    const { values, labels, dataset } = await readAll(write('c.bin', bytes), inputOf(32, 32, 3));
    expect(dataset.format).toBe('cifar10');
    expect(values[1]!.slice(3, 6)).toEqual([bytes[3073 + 2], bytes[3073 + 1026], bytes[3073 + 2050]]);
    expect(labels).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('does not guess between two', async () => {
    await expect(readAll(write('few.bin', cifarBytes(1)), inputOf(32, 32, 3))).rejects.toThrow(
      /DATA_FORMAT_AMBIGUOUS.*cifar10 or raw/s,
    );
    await expect(readAll(write('x.unknown', 'hello'), inputOf(1))).rejects.toThrow(/DATA_FORMAT_UNKNOWN/);
    await expect(readAll(`cifar10:${write('few.bin', Buffer.alloc(3073, 11))}`, inputOf(32, 32, 3))).rejects.toThrow(
      /label 11/,
    );
    await expect(readAll(`cifar10:${write('cut.bin', Buffer.alloc(3072))}`, inputOf(32, 32, 3))).rejects.toThrow(
      /DATA_TRUNCATED/,
    );
  });

  it('reads declared records with scale, zero point and a table of labels', async () => {
    write('r.csv', 'index,label\n0,b\n1,a\n');
    const path = write('r.bin', Int8Array.of(83, 85, -128, 127) as unknown as Uint8Array);
    const { values, labels, dataset } = await readAll(
      `${path}?dtype=int8&shape=2&scale=0.5&zeroPoint=83&labels=r.csv`,
      inputOf(2),
    );
    expect([values, labels, dataset.labels]).toEqual([
      [
        [0, 1],
        [-105.5, 22],
      ],
      [1, 0],
      ['a', 'b'],
    ]);
  });

  it('refuses a table that does not go with the records', async () => {
    write('t.csv', 'index,label\n0,1\n');
    const source = `raw:${write('t.bin', Buffer.alloc(4))}?dtype=int8&shape=2&labels=t.csv`;
    await expect(readAll(source, inputOf(2))).rejects.toThrow(/DATA_LABELS.*1 label and the data 2 records/s);
    await expect(readAll(`${source}&labelColumn=kind`, inputOf(2))).rejects.toThrow(/DATA_LABELS.*index, label/s);
  });

  it('cuts windows of consecutive frames', async () => {
    const source = `raw:${write(
      'w.bin',
      Uint8Array.from({ length: 16 }, (_, i) => i),
    )}?dtype=uint8&shape=4x2`;
    const { samples } = await readAll(`${source}&window=2&stride=2`, inputOf(4));
    expect(samples.map(({ id, group, inputs }) => [id, group, inputs[0]])).toEqual([
      ['0@0', 0, [0, 1, 2, 3]],
      ['0@2', 0, [4, 5, 6, 7]],
      ['1@0', 1, [8, 9, 10, 11]],
      ['1@2', 1, [12, 13, 14, 15]],
    ]);
    await expect(readAll(`${source}&window=5`, inputOf(10))).rejects.toThrow(/DATA_SHAPE/);
    await expect(readAll(source, inputOf(2, 2))).rejects.toThrow(/window=2/);
  });

  it.each([
    '',
    '?dtype=int8',
    '?dtype=int9&shape=2',
    '?dtype=int8&shape=2x',
    '?dtype=int8&shpae=2',
    '?dtype=int8&shape=2&scale=x',
    '?dtype=int8&shape=2&stride=1',
  ])('refuses the declaration "%s"', async (tail) => {
    await expect(readAll(`raw:${write('r2.bin', Buffer.alloc(4))}${tail}`, inputOf(2))).rejects.toThrow(/DATA_OPTION/);
  });

  it('refuses records that do not fill the file', async () => {
    await expect(readAll(`raw:${write('r3.bin', Buffer.alloc(5))}?dtype=int8&shape=2`, inputOf(2))).rejects.toThrow(
      /DATA_TRUNCATED/,
    );
  });
});
