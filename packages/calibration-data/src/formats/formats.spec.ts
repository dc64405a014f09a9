// Every format on small files written here: the values that come out, and the refusal of each broken file.
import { readdirSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  bmpBytes,
  cifarBytes,
  idxBytes,
  jpegBytes,
  npyBytes,
  pngBytes,
  wavBytes,
  zipBytes,
} from '../../test/written-files.mjs';
import { createTestFolder, inputOf, readAll } from '../../test/workspace.js';
import { formatNames } from '../data-source.js';
import { limits } from '../limits.js';

const files = createTestFolder();
afterAll(() => files.remove());
const write = files.write;
const floats = Float32Array.of(1, 2, 3, 4, 5, 6);

it('the list of formats is the folder', () => {
  const names = readdirSync(fileURLToPath(new URL('.', import.meta.url))).filter(
    (name) => !/^(format|index|formats\.spec)\.ts$/.test(name),
  );
  expect(names.sort()).toEqual(formatNames.map((name) => `${name}.ts`).sort());
});

describe('npy', () => {
  it('takes samples along the first axis', async () => {
    const { values, dataset } = await readAll(write('a.npy', npyBytes('<f4', [2, 3], floats)), inputOf(3));
    expect(values).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(dataset).toMatchObject({ format: 'npy', count: 2 });
  });

  it('takes an array of the shape of the input as one sample', async () => {
    expect(
      (await readAll(write('b.npy', npyBytes('<f4', [2, 3], floats)), inputOf(2, 3))).values,
    ).toHaveLength(1);
    expect(
      (await readAll(write('b.npy', npyBytes('<f4', [1, 2, 3], floats)), inputOf(2, 3))).values,
    ).toHaveLength(1);
  });

  it.each([
    ['>i2', Uint8Array.of(0xff, 0xfe, 0x01, 0x00), [-2, 256]],
    ['<f2', Uint8Array.of(0x00, 0x3e, 0x01, 0x80), [1.5, Math.fround(-(2 ** -24))]],
    ['<i8', BigInt64Array.of(-5n, 7n), [-5, 7]],
    ['|b1', Uint8Array.of(1, 0), [1, 0]],
    ['<f8', Float64Array.of(0.5, -0.25), [0.5, -0.25]],
  ])('reads %s', async (descr, data, expected) => {
    expect(
      (await readAll(write('t.npy', npyBytes(descr, [1, 2], data, { major: 2 })), inputOf(2))).values,
    ).toEqual([expected]);
  });

  it.each([
    ['pickled objects', npyBytes('|O', [2, 3], floats), /DATA_TYPE_UNSUPPORTED/],
    [
      'structures',
      npyBytes('', [2], floats, {
        header: `{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }`,
      }),
      /DATA_TYPE_UNSUPPORTED/,
    ],
    ['complex numbers', npyBytes('<c8', [3], floats), /DATA_TYPE_UNSUPPORTED/],
    ['Fortran order', npyBytes('<f4', [2, 3], floats, { fortran: true }), /Fortran/],
    [
      'code in the header',
      npyBytes('', [1], floats, { header: '__import__("os").system("x")' }),
      /DATA_MALFORMED/,
    ],
    ['a shape beyond the file', npyBytes('<f4', [1000000, 3], floats), /DATA_TRUNCATED/],
    ['an impossible shape', npyBytes('<f4', [999999999, 999999999, 9], floats), /DATA_MALFORMED/],
    [
      'a huge header',
      Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 255, 255, 255, 255]),
      /DATA_TOO_LARGE/,
    ],
    ['an unknown version', npyBytes('<f4', [2, 3], floats, { major: 9 }), /DATA_MALFORMED/],
    ['surplus bytes', Buffer.concat([npyBytes('<f4', [2, 3], floats), Buffer.alloc(1)]), /DATA_TRUNCATED/],
    ['no samples', npyBytes('<f4', [0, 3], new Float32Array(0)), /DATA_EMPTY/],
    ['NaN', npyBytes('<f4', [1, 3], Float32Array.of(1, NaN, 2)), /DATA_NOT_FINITE.*value 1 is NaN/s],
  ])('refuses %s', async (_, bytes, refusal) => {
    await expect(readAll(write('bad.npy', bytes), inputOf(3))).rejects.toThrow(refusal);
  });
});

describe('npz', () => {
  const x = npyBytes('<f4', [2, 3], floats);
  const y = npyBytes('<i8', [2], BigInt64Array.of(4n, 1n));

  it('takes x and y', async () => {
    const { values, labels } = await readAll(
      write(
        'a.npz',
        zipBytes([
          { name: 'x.npy', bytes: x },
          { name: 'y.npy', bytes: y, stored: true },
        ]),
      ),
      inputOf(3),
    );
    expect([values, labels]).toEqual([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [4, 1],
    ]);
  });

  it('gives each input of the model the array of its name', async () => {
    const expectations = [
      { name: 'right', shape: [1, 1], dtype: 'float32' as const },
      { name: 'serving_default_left:0', shape: [1, 3], dtype: 'float32' as const },
    ];
    const path = write(
      'm.npz',
      zipBytes([
        { name: 'left.npy', bytes: x },
        { name: 'right.npy', bytes: y },
      ]),
    );
    expect((await readAll(path, expectations)).samples.map(({ inputs }) => inputs)).toEqual([
      [[4], [1, 2, 3]],
      [[1], [4, 5, 6]],
    ]);
    await expect(readAll(path, inputOf(3))).rejects.toThrow(/not clear which array/);
    await expect(readAll(path, [...expectations, ...inputOf(3)])).rejects.toThrow(
      /no array for input "input"/,
    );
    await expect(readAll(write('2.npy', x), expectations)).rejects.toThrow(/DATA_SHAPE.*2 inputs/s);
  });

  const zeros = npyBytes('|u1', [80_000, 1000], new Uint8Array(80_000_000));
  it.each([
    ['a wrong checksum', zipBytes([{ name: 'x.npy', bytes: x, crc: 1 }]), /checksum/],
    [
      'more bytes than declared',
      zipBytes([{ name: 'x.npy', bytes: Buffer.concat([x, Buffer.alloc(5000)]), declared: x.length }]),
      /DATA_EXPANDS_TOO_MUCH/,
    ],
    [
      'two members of one name',
      zipBytes([
        { name: 'x.npy', bytes: x },
        { name: 'x.npy', bytes: x },
      ]),
      /same name/,
    ],
    [
      'labels of another length',
      zipBytes([
        { name: 'x.npy', bytes: x },
        { name: 'y.npy', bytes: npyBytes('|u1', [3], Uint8Array.of(1, 2, 3)) },
      ]),
      /DATA_LABELS/,
    ],
    [
      'no directory',
      Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(100)]),
      /DATA_MALFORMED/,
    ],
  ])('refuses %s', async (_, bytes, refusal) => {
    await expect(readAll(write('bad.npz', bytes), inputOf(3))).rejects.toThrow(refusal);
  });

  it('stops a bomb by its ratio', async () => {
    const path = write('bomb.npz', zipBytes([{ name: 'x.npy', bytes: zeros }]));
    await expect(readAll(path, inputOf(1000))).rejects.toThrow(/DATA_EXPANDS_TOO_MUCH/);
  });
});

describe('csv', () => {
  it('reads header, quotes, label words and several line ends', async () => {
    const { values, labels, dataset } = await readAll(
      write('a.csv', '\ufeffa,"b ""x""",label\r\n1,"2.5",no\r\n\r\n-3e1, 4 ,"ye\ns"\r\n'),
      inputOf(2),
    );
    expect(values).toEqual([
      [1, 2.5],
      [-30, 4],
    ]);
    expect(labels).toEqual([0, 1]);
    expect(dataset.labels).toEqual(['no', 'ye\ns']);
  });

  it('takes columns and label by number, name and range', async () => {
    const path = write('b.csv', 'a;b;c;d\n1;2;3;4\n5;6;7;8');
    expect(await readAll(`${path}?columns=1-2&label=a`, inputOf(2))).toMatchObject({
      values: [
        [2, 3],
        [6, 7],
      ],
      labels: [1, 5],
    });
    await expect(readAll(`${path}?label=bb`, inputOf(3))).rejects.toThrow(/did you mean b\?/);
    await expect(readAll(path, inputOf(3))).rejects.toThrow(/\?label=0 for the first or \?label=3/);
  });

  it.each([
    ['1,2\n3,x4\n', /DATA_CELL.*"x4".*line 2, column 2/s],
    ['1,2\n3,\n', /DATA_CELL.*"" is not a number/s],
    ['1,2\n0x10,3\n', /DATA_CELL/],
    ['1,2\n3\n', /DATA_MALFORMED.*line 2/s],
    ['1,"2\n', /not closed/],
    ['1,2\n"1"x,2', /closing quote/],
    [`1,${'9'.repeat(limits.cellCharacters + 1)}`, /DATA_TOO_LARGE/],
    ['1,2\n1,nan', /DATA_NOT_FINITE/],
    ['', /DATA_EMPTY/],
  ])('refuses %j', async (text, refusal) => {
    await expect(readAll(write('bad.csv', text), inputOf(2))).rejects.toThrow(refusal);
  });
});

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
    expect(
      (await readAll(write('s.idx', idxBytes(0x0b, [1, 2], [0xff, 0xff, 1, 0])), inputOf(2))).values,
    ).toEqual([[-1, 256]]);
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
    await expect(
      readAll(`cifar10:${write('few.bin', Buffer.alloc(3073, 11))}`, inputOf(32, 32, 3)),
    ).rejects.toThrow(/label 11/);
    await expect(
      readAll(`cifar10:${write('cut.bin', Buffer.alloc(3072))}`, inputOf(32, 32, 3)),
    ).rejects.toThrow(/DATA_TRUNCATED/);
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
    await expect(readAll(source, inputOf(4))).rejects.toThrow(/window=2/);
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
    await expect(readAll(`raw:${write('r2.bin', Buffer.alloc(4))}${tail}`, inputOf(2))).rejects.toThrow(
      /DATA_OPTION/,
    );
  });

  it('refuses records that do not fill the file', async () => {
    await expect(
      readAll(`raw:${write('r3.bin', Buffer.alloc(5))}?dtype=int8&shape=2`, inputOf(2)),
    ).rejects.toThrow(/DATA_TRUNCATED/);
  });
});

describe('pictures', () => {
  const rgb = [10, 20, 30, 40, 50, 60];
  const gray = [7, 7, 7, 9, 9, 9];

  it('reads PNG, BMP and JPEG unscaled', async () => {
    expect((await readAll(write('a.png', pngBytes(2, 1, rgb)), inputOf(1, 2, 3))).values).toEqual([rgb]);
    expect((await readAll(write('g.png', pngBytes(2, 1, gray, 0)), inputOf(1, 2, 1))).values).toEqual([
      [7, 9],
    ]);
    expect(
      (
        await readAll(
          write(
            'a.bmp',
            bmpBytes(
              [
                [1, 2, 3],
                [4, 5, 6],
              ],
              8,
            ),
          ),
          inputOf(2, 3, 1),
        )
      ).values,
    ).toEqual([[1, 2, 3, 4, 5, 6]]);
    expect(
      (await readAll(write('c.bmp', bmpBytes([[[1, 2, 3]], [[4, 5, 6]]], 24)), inputOf(2, 1, 3))).values,
    ).toEqual([[1, 2, 3, 4, 5, 6]]);
    expect((await readAll(write('a.jpg', jpegBytes(2, 2, 200)), inputOf(2, 2, 1))).values).toEqual([
      [200, 200, 200, 200],
    ]);
  });

  it('makes RGB of gray, and gray of RGB only when nothing is lost or it is declared', async () => {
    expect((await readAll(write('g.png', pngBytes(2, 1, gray, 0)), inputOf(1, 2, 3))).values).toEqual([gray]);
    expect((await readAll(write('h.png', pngBytes(2, 1, gray)), inputOf(1, 2, 1))).values).toEqual([[7, 9]]);
    await expect(readAll(write('a.png', pngBytes(2, 1, rgb)), inputOf(1, 2, 1))).rejects.toThrow(
      /channels=grayscale/,
    );
    const { values } = await readAll(write('a.png', pngBytes(2, 1, rgb, 6)), inputOf(1, 2, 1), {
      preprocessing: { channels: 'grayscale' },
    });
    expect(values).toEqual([[Math.fround(18.15), Math.fround(48.15)]]);
  });

  const huge = pngBytes(1, 1, [1, 2, 3]);
  huge.writeUInt32BE(60000, 16);
  const hugeJpeg = jpegBytes(8, 8);
  hugeJpeg.writeUInt32BE(0xffffffff, hugeJpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5);
  const wide = bmpBytes([[1, 2]], 8);
  wide.writeInt32LE(1000, 18);
  it.each([
    ['a PNG of huge size', huge, /DATA_TOO_LARGE/],
    ['a JPEG of huge size', hugeJpeg, /DATA_TOO_LARGE/],
    ['a cut JPEG', jpegBytes(32, 32).subarray(0, 400), /DATA_MALFORMED/],
    ['a cut PNG', pngBytes(2, 1, rgb).subarray(0, 45), /DATA_MALFORMED/],
    ['a BMP wider than its data', wide, /DATA_MALFORMED/],
  ])('refuses %s', async (_, bytes, refusal) => {
    await expect(readAll(`image:${write('bad.png', bytes)}`, inputOf(1, 1, 3))).rejects.toThrow(refusal);
  });
});

describe('wav', () => {
  it.each([
    [{ bits: 16 }, [1, -32768, 32767]],
    [{ bits: 8 }, [0, -128, 127]],
    [{ bits: 24 }, [1, -8388608, 8388607]],
    [{ bits: 32, tag: 3 }, [0.5, -1, 0]],
  ])('reads %j as stored', async (options, samples) => {
    expect((await readAll(write('a.wav', wavBytes(samples, options)), inputOf(3))).values).toEqual([samples]);
  });

  it('takes a channel, a length, windows', async () => {
    const stereo = write('s.wav', wavBytes([1, 2, 3, 4, 5, 6], { channels: 2 }));
    expect((await readAll(`${stereo}?channel=1&length=4`, inputOf(4))).values).toEqual([[2, 4, 6, 0]]);
    expect((await readAll(`${stereo}?channel=0&window=2`, inputOf(2))).values).toEqual([
      [1, 3],
      [3, 5],
    ]);
    await expect(readAll(`${stereo}?channel=2`, inputOf(3))).rejects.toThrow(/DATA_OPTION/);
    await expect(readAll(`${stereo}?sampleRate=8000`, inputOf(3))).rejects.toThrow(/16000 Hz/);
  });

  it('refuses compressed and cut files', async () => {
    await expect(readAll(write('b.wav', wavBytes([1], { tag: 85 })), inputOf(1))).rejects.toThrow(
      /DATA_TYPE_UNSUPPORTED/,
    );
    await expect(readAll(write('c.wav', wavBytes([1, 2, 3]).subarray(0, -2)), inputOf(3))).rejects.toThrow(
      /DATA_MALFORMED/,
    );
  });
});

describe('folder', () => {
  const dot = (value: number) => pngBytes(1, 1, [value, value, value]);

  it('takes the subfolder as class, in the order of code units', async () => {
    write('classes/b/2.png', dot(2));
    write('classes/b/10.png', dot(10));
    write('classes/A/1.png', dot(1));
    write('classes/notes.txt', 'no sample');
    const { samples, values, labels, dataset } = await readAll(`${files.path}/classes`, inputOf(1, 1, 1));
    expect(samples.map(({ id }) => id)).toEqual(['A/1.png', 'b/10.png', 'b/2.png']);
    expect([values, labels, dataset.labels]).toEqual([
      [[1], [10], [2]],
      [0, 1, 1],
      ['A', 'b'],
    ]);
    expect(dataset.warnings.map(({ code }) => code)).toEqual(['DATA_FILES_IGNORED']);
  });

  it('takes labels from index.csv, and only files of the folder', async () => {
    write('indexed/p/1.png', dot(1));
    write('indexed/2.png', dot(2));
    write('indexed/index.csv', 'file,kind\n2.png,cat\n1.png,ant\n');
    const source = `folder:${files.path}/indexed`;
    expect(await readAll(`${source}?labelColumn=kind`, inputOf(1))).toMatchObject({
      values: [[2], [1]],
      labels: [1, 0],
    });
    expect((await readAll(source, inputOf(1))).dataset.warnings[0]).toMatchObject({
      code: 'DATA_LABELS_UNUSED',
    });
    write('indexed/index.csv', 'file,label\n../classes/A/1.png,1\n');
    await expect(readAll(source, inputOf(1))).rejects.toThrow(/DATA_OUTSIDE_FOLDER/);
  });

  it('follows links inside of the folder and none out of it', async () => {
    write('linked/1.png', dot(1));
    const outside = write('outside.png', dot(3));
    symlinkSync(outside, `${files.path}/linked/3.png`);
    symlinkSync(`${files.path}/linked/1.png`, `${files.path}/linked/2.png`);
    symlinkSync('.', `${files.path}/linked/loop`);
    const { samples } = await readAll(`${files.path}/linked`, inputOf(1));
    expect(samples.map(({ id }) => id)).toEqual(['1.png', '2.png']);
  });

  it('refuses an empty folder and a file that lies about its kind', async () => {
    write('empty/x.txt', '');
    await expect(readAll(`${files.path}/empty`, inputOf(1))).rejects.toThrow(/DATA_EMPTY/);
    write('lying/x.png', 'text');
    await expect(readAll(`${files.path}/lying`, inputOf(1))).rejects.toThrow(/DATA_TYPE_UNSUPPORTED/);
  });
});
