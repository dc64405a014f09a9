// Which folders are classes: hidden ones, leavings of systems and parts of a data set are none.
import { mkdirSync } from 'node:fs';
import { npyBytes, pngBytes, wavBytes, zipBytes } from '../test/written-files.mjs';
import { createTestFolder, inputOf, readAll } from '../test/workspace.js';

const files = createTestFolder();
afterAll(() => files.remove());
const dot = (name: string, value = 1) => files.write(name, pngBytes(1, 1, [value, value, value]));
const read = (name: string, classes?: readonly string[]) =>
  readAll(`folder:${files.path}/${name}`, inputOf(1), classes === undefined ? {} : { classes });

it('leaves out what systems and tools leave behind, and empty folders', async () => {
  dot('mac/b/1.png');
  dot('mac/c/1.png');
  dot('mac/.ipynb_checkpoints/1-checkpoint.png');
  dot('mac/__MACOSX/b/1.png');
  files.write('mac/b/._1.png', 'AppleDouble');
  files.write('mac/Thumbs.db', '');
  files.write('mac/c/desktop.ini', '');
  mkdirSync(`${files.path}/mac/a`);
  const { labels, dataset } = await read('mac');
  expect([labels, dataset.labels]).toEqual([
    [0, 1],
    ['b', 'c'],
  ]);
  expect(dataset.warnings).toMatchObject([
    { code: 'DATA_FILES_IGNORED', what: '6 entries were left out: .ipynb_checkpoints/, Thumbs.db, __MACOSX/, ...' },
  ]);
});

it('does so in archives', async () => {
  const x = npyBytes('<f4', [2, 1], Float32Array.of(1, 2));
  const path = files.write(
    'mac.npz',
    zipBytes([
      { name: 'x.npy', bytes: x },
      { name: '__MACOSX/._x.npy', bytes: Buffer.from('AppleDouble') },
      { name: '.DS_Store', bytes: Buffer.from('x') },
    ]),
  );
  const { values, dataset } = await readAll(path, inputOf(1));
  expect(values).toEqual([[1], [2]]);
  expect(dataset.warnings).toMatchObject([{ code: 'DATA_FILES_IGNORED' }]);
});

it.each([
  [['train', 'val'], 'train', 'val'],
  [['Training', 'Testing', 'validation'], 'Training', 'Testing'],
  [['train'], 'train', undefined],
])('refuses the parts %j of a data set; its advice works', async (parts, calibration, evaluation) => {
  const root = `split-${parts.length}-${parts[0]}`;
  for (const part of parts) for (const name of ['cat', 'dog']) dot(`${root}/${part}/${name}/1.png`);
  const advice = `--calibration folder:${files.path}/${root}/${calibration}`;
  const more = evaluation === undefined ? '' : ` --evaluation folder:${files.path}/${root}/${evaluation}`;
  await expect(read(root)).rejects.toThrow(`next  give ${advice}${more}`);
  expect((await read(`${root}/${calibration}`)).dataset.labels).toEqual(['cat', 'dog']);
});

it('takes train for a class beside others, and no folder for one where it is not clear', async () => {
  for (const name of ['bus', 'train']) dot(`traffic/${name}/1.png`);
  expect((await read('traffic')).dataset.labels).toEqual(['bus', 'train']);
  for (const name of ['train/1.png', 'test/1.png']) dot(`flat/${name}`);
  expect(await read('flat')).toMatchObject({
    labels: [undefined, undefined],
    dataset: { warnings: [{ code: 'DATA_LABELS_UNUSED' }] },
  });
  for (const name of ['a/1.png', 'b/1.png', '1.png']) dot(`loose/${name}`);
  expect((await read('loose')).dataset.warnings).toMatchObject([
    { code: 'DATA_LABELS_UNUSED', what: expect.stringContaining('1.png') },
  ]);
  for (const name of ['a/1.png', 'b/1.png']) dot(`deep/set/${name}`);
  const { dataset } = await read('deep');
  expect(dataset.warnings).toMatchObject([
    { next: `give folder:${files.path}/deep/set to take its subfolders as classes` },
  ]);
  expect((await read('deep/set')).labels).toEqual([0, 1]);
});

it('numbers classes by the names that are given', async () => {
  for (const name of ['Bright', 'dark', 'mid']) dot(`named/${name}/1.png`);
  expect(await read('named', ['mid', 'dark', 'bright'])).toMatchObject({
    labels: [2, 1, 0],
    dataset: { warnings: [] },
  });
  expect((await read('named', ['x', 'mid', 'dark', 'bright'])).labels).toEqual([3, 2, 1]);
  const other = await read('named', ['mid', 'dark', 'light']);
  expect(other).toMatchObject({
    labels: [undefined, undefined, undefined],
    dataset: { warnings: [{ code: 'DATA_CLASS_NAMES' }] },
  });
  expect(other.dataset.warnings[0]!.what).toMatch(/Bright,dark,mid.*mid,dark,light/);
  for (const name of ['0', '1', '2']) dot(`numbered/${name}/1.png`);
  expect(await read('numbered', ['hell', 'dunkel', 'mittel'])).toMatchObject({
    labels: [0, 1, 2],
    dataset: { warnings: [] },
  });
  dot('one/dark/1.png');
  expect((await read('one')).labels).toEqual([undefined]);
  expect((await read('one', ['bright', 'dark'])).labels).toEqual([1]);
  const words = files.write('words.csv', 'a,label\n1,yes\n2,no\n');
  expect((await readAll(words, inputOf(1), { classes: ['yes', 'no'] })).labels).toEqual([0, 1]);
});

it('refuses recordings of different encodings, and brings them to one scale when asked', async () => {
  files.write('bits/a/1.wav', wavBytes([16384, -32768], { bits: 16 }));
  files.write('bits/b/1.wav', wavBytes([16384 * 256, -32768 * 256], { bits: 24 }));
  const source = `folder:${files.path}/bits`;
  await expect(readAll(source, inputOf(2))).rejects.toThrow(
    /DATA_MIXED_ENCODINGS.*16 bits.*24 bits.*factor of 256.*values=unit/s,
  );
  expect((await readAll(`${source}?values=unit`, inputOf(2))).values).toEqual([
    [0.5, -1],
    [0.5, -1],
  ]);
  expect((await readAll(`${source}?values=int16`, inputOf(2))).values).toEqual([
    [16384, -32768],
    [16384, -32768],
  ]);
});
