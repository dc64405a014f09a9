// npy and npz on small files: the values that come out, and the refusal of each broken file.
import { npyBytes, zipBytes } from '../../test/written-files.mjs';
import { createTestFolder, inputOf, readAll } from '../../test/workspace.js';

const files = createTestFolder();
afterAll(() => files.remove());
const write = files.write;
const floats = Float32Array.of(1, 2, 3, 4, 5, 6);

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
    expect((await readAll(write('b.npy', npyBytes('<f4', [2, 3], floats)), inputOf(2, 3))).values).toHaveLength(1);
    expect((await readAll(write('b.npy', npyBytes('<f4', [1, 2, 3], floats)), inputOf(2, 3))).values).toHaveLength(1);
  });

  it('reads Fortran order, of many samples and of one', async () => {
    const stored = (descr: string, shape: readonly number[], data: Float32Array | Uint8Array) =>
      write('f.npy', npyBytes(descr, shape, data, { fortran: true }));
    // Element (n, i, j) of 2 x 3 x 2 stands at n + 2 (i + 3 j).
    const cube = Uint8Array.of(0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121);
    expect((await readAll(stored('|u1', [2, 3, 2], cube), inputOf(3, 2))).values).toEqual([
      [0, 1, 10, 11, 20, 21],
      [100, 101, 110, 111, 120, 121],
    ]);
    expect((await readAll(stored('<f4', [2, 3], floats), inputOf(2, 3))).values).toEqual([[1, 3, 5, 2, 4, 6]]);
    expect((await readAll(stored('<f4', [6, 1], floats), inputOf(1))).values.flat()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['>i2', Uint8Array.of(0xff, 0xfe, 0x01, 0x00), [-2, 256], 'int16'],
    ['<f2', Uint8Array.of(0x00, 0x3e, 0x01, 0x80), [1.5, Math.fround(-(2 ** -24))], 'float16'],
    ['<i8', BigInt64Array.of(-5n, 7n), [-5, 7], 'int64'],
    ['|b1', Uint8Array.of(1, 0), [1, 0], 'bool'],
    ['<f8', Float64Array.of(0.5, -0.25), [0.5, -0.25], 'float64'],
  ])('reads %s', async (descr, data, expected, stored) => {
    const { values, dataset } = await readAll(write('t.npy', npyBytes(descr, [1, 2], data, { major: 2 })), inputOf(2));
    expect(values).toEqual([expected]);
    expect(dataset.stored).toBe(stored);
  });

  it.each([
    ['pickled objects', npyBytes('|O', [2, 3], floats), /DATA_TYPE_UNSUPPORTED/],
    [
      'structures',
      npyBytes('', [2], floats, { header: `{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }` }),
      /DATA_TYPE_UNSUPPORTED/,
    ],
    ['complex numbers', npyBytes('<c8', [3], floats), /DATA_TYPE_UNSUPPORTED/],
    ['code in the header', npyBytes('', [1], floats, { header: '__import__("os").system("x")' }), /DATA_MALFORMED/],
    ['a shape beyond the file', npyBytes('<f4', [1000000, 3], floats), /DATA_TRUNCATED/],
    ['an impossible shape', npyBytes('<f4', [999999999, 999999999, 9], floats), /DATA_MALFORMED/],
    ['a huge header', Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 255, 255, 255, 255]), /DATA_TOO_LARGE/],
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

  it('takes targets in Fortran order', async () => {
    const targets = npyBytes('<f4', [2, 3], floats, { fortran: true });
    const members = [
      { name: 'x.npy', bytes: targets },
      { name: 'y.npy', bytes: targets },
    ];
    const { samples } = await readAll(write('f.npz', zipBytes(members)), inputOf(3));
    expect(samples.map(({ target }) => [...target!])).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
  });

  it.each([
    ['<U1', /are text/],
    ['|O', /are Python objects/],
    ['<c8', /are complex numbers/],
    ['<M8[s]', /are dates/],
  ])('says what labels of type %s are', async (descr, what) => {
    const labels = npyBytes(descr, [2], new Uint8Array(16));
    const { dataset } = await readAll(
      write(
        'l.npz',
        zipBytes([
          { name: 'x.npy', bytes: x },
          { name: 'y.npy', bytes: labels },
        ]),
      ),
      inputOf(3),
    );
    expect(dataset.warnings).toMatchObject([{ code: 'DATA_LABELS_UNUSED', what: expect.stringMatching(what) }]);
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
    await expect(readAll(path, [...expectations, ...inputOf(3)])).rejects.toThrow(/no array for input "input"/);
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
    ['no directory', Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(100)]), /DATA_MALFORMED/],
  ])('refuses %s', async (_, bytes, refusal) => {
    await expect(readAll(write('bad.npz', bytes), inputOf(3))).rejects.toThrow(refusal);
  });

  it('stops a bomb by its ratio', async () => {
    const path = write('bomb.npz', zipBytes([{ name: 'x.npy', bytes: zeros }]));
    await expect(readAll(path, inputOf(1000))).rejects.toThrow(/DATA_EXPANDS_TOO_MUCH/);
  });
});
