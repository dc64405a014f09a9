// Pictures, recordings and folders of them: the values that come out, and the refusals.
import { symlinkSync } from 'node:fs';
import { bmpBytes, jpegBytes, pngBytes, wavBytes } from '../../test/written-files.mjs';
import { createTestFolder, inputOf, readAll } from '../../test/workspace.js';

const files = createTestFolder();
afterAll(() => files.remove());
const write = files.write;

describe('pictures', () => {
  const rgb = [10, 20, 30, 40, 50, 60];
  const gray = [7, 7, 7, 9, 9, 9];

  it('reads PNG, BMP and JPEG unscaled', async () => {
    expect((await readAll(write('a.png', pngBytes(2, 1, rgb)), inputOf(1, 2, 3))).values).toEqual([rgb]);
    expect((await readAll(write('g.png', pngBytes(2, 1, gray, 0)), inputOf(1, 2, 1))).values).toEqual([[7, 9]]);
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
    expect((await readAll(write('c.bmp', bmpBytes([[[1, 2, 3]], [[4, 5, 6]]], 24)), inputOf(2, 1, 3))).values).toEqual([
      [1, 2, 3, 4, 5, 6],
    ]);
    expect((await readAll(write('a.jpg', jpegBytes(2, 2, 200)), inputOf(2, 2, 1))).values).toEqual([
      [200, 200, 200, 200],
    ]);
  });

  it('makes RGB of gray, and gray of RGB only when nothing is lost or it is declared', async () => {
    expect((await readAll(write('g.png', pngBytes(2, 1, gray, 0)), inputOf(1, 2, 3))).values).toEqual([gray]);
    expect((await readAll(write('h.png', pngBytes(2, 1, gray)), inputOf(1, 2, 1))).values).toEqual([[7, 9]]);
    await expect(readAll(write('a.png', pngBytes(2, 1, rgb)), inputOf(1, 2, 1))).rejects.toThrow(/channels=grayscale/);
    const { values } = await readAll(write('a.png', pngBytes(2, 1, rgb, 6)), inputOf(1, 2, 1), {
      preprocessing: { channels: 'grayscale' },
    });
    expect(values).toEqual([[Math.fround(18.15), Math.fround(48.15)]]);
  });

  const huge = pngBytes(1, 1, [1, 2, 3]);
  huge.writeUInt32BE(60000, 16);
  const many = pngBytes(1, 1, [1, 2, 3]);
  many.writeUInt32BE(10_000, 16);
  many.writeUInt32BE(10_000, 20);
  const hugeJpeg = jpegBytes(8, 8);
  hugeJpeg.writeUInt32BE(0xffffffff, hugeJpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5);
  const wide = bmpBytes([[1, 2]], 8);
  wide.writeInt32LE(1000, 18);
  it.each([
    ['a PNG of a huge side', huge, /DATA_TOO_LARGE/],
    ['a PNG of too many pixels', many, /DATA_TOO_LARGE/],
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
    expect((await readAll(source, inputOf(1))).dataset.warnings[0]).toMatchObject({ code: 'DATA_LABELS_UNUSED' });
    write('indexed/index.csv', 'file,label\n../classes/A/1.png,1\n');
    await expect(readAll(source, inputOf(1))).rejects.toThrow(/DATA_OUTSIDE_FOLDER/);
  });

  it('follows links inside of the folder and none out of it', async () => {
    write('linked/1.png', dot(1));
    const outside = write('outside.png', dot(3));
    symlinkSync(outside, `${files.path}/linked/3.png`);
    symlinkSync(`${files.path}/linked/1.png`, `${files.path}/linked/2.png`);
    symlinkSync('.', `${files.path}/linked/loop`);
    write('linked/sub/4.png', dot(4));
    symlinkSync('sub', `${files.path}/linked/alias`);
    const { samples } = await readAll(`${files.path}/linked`, inputOf(1));
    expect(samples.map(({ id }) => id)).toEqual(['1.png', '2.png', 'sub/4.png']);
  });

  it('refuses an empty folder and a file that lies about its kind', async () => {
    write('empty/x.txt', '');
    await expect(readAll(`${files.path}/empty`, inputOf(1))).rejects.toThrow(/DATA_EMPTY/);
    write('lying/x.png', 'text');
    await expect(readAll(`${files.path}/lying`, inputOf(1))).rejects.toThrow(/DATA_TYPE_UNSUPPORTED/);
  });
});
