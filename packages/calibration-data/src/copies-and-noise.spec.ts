// Near copies and random numbers, planted among samples that are neither, and what becomes of the warning once it is followed.
import { codesOf, generator, lintOf, nearCopies, picture, pictures, randomRows } from '../test/planted-sets.js';

const clean = pictures(60);
const flat = (values: number) => [{ name: 'x', shape: [1, values], dtype: 'float32' as const }];

it('says nothing of pictures that are all different', () => {
  expect(codesOf(clean)).toEqual([]);
});

it('finds near copies, each once, and is content when one of each is kept', () => {
  const copied = [...clean, ...nearCopies(clean.slice(0, 10))];
  const { nearDuplicateSamples, duplicateSamples, warnings } = lintOf(copied).summary();
  expect({ nearDuplicateSamples, duplicateSamples }).toEqual({ nearDuplicateSamples: 10, duplicateSamples: 0 });
  expect(warnings).toMatchObject([
    {
      code: 'DATA_NEAR_DUPLICATES',
      what: '10 of 70 samples repeat an earlier one but for a little noise: the set says as much as 60 samples do',
      where: 'sample 60, which is nearly sample 0',
      next: expect.stringContaining('keep one of each'),
    },
  ]);
  expect(codesOf(copied.slice(0, 60))).toEqual([]);
});

it('finds a set that is all copies, three of each', () => {
  const some = clean.slice(0, 20);
  const rows = [...some, ...nearCopies(some, 5), ...nearCopies(some, 6)];
  expect(lintOf(rows).summary().nearDuplicateSamples).toBe(40);
});

it('counts equal samples once, as equal ones', () => {
  const { duplicateSamples, nearDuplicateSamples } = lintOf([...clean, ...clean]).summary();
  expect({ duplicateSamples, nearDuplicateSamples }).toEqual({ duplicateSamples: 60, nearDuplicateSamples: 0 });
});

it('takes neither frames of a film nor rows of a table for copies', () => {
  const film = Array.from({ length: 60 }, (_, time) =>
    Float32Array.from({ length: 144 }, (_, i) => 100 + 50 * Math.sin(0.4 * (i % 12) + 0.02 * time)),
  );
  expect(codesOf(film)).toEqual([]);
  const next = generator(3);
  const table = Array.from({ length: 60 }, () => Float32Array.of(next(), 1000 + next(), next()));
  const rows = [...table, ...table.map((row) => row.map((value) => value + 1e-4))];
  expect(codesOf(rows, flat(3))).toEqual([]);
});

it('passes over a handful of copies', () => {
  expect(codesOf([...clean, ...nearCopies(clean.slice(0, 2))])).toEqual([]);
});

it.each([
  ['pictures', picture, randomRows(40, 144, { scale: 255 })],
  ['bytes', picture, randomRows(40, 144, { scale: 255 }).map((row) => row.map(Math.floor))],
  ['a sum of several, nearly Gaussian', picture, randomRows(40, 144 * 6).map(sixths)],
  ['a table', flat(24), randomRows(60, 24)],
  ['recordings', flat(2000), randomRows(20, 2000)],
])('tells random numbers in the form of %s', (_, input, rows) => {
  const { noiseSamples, warnings } = lintOf(rows, input).summary();
  expect(noiseSamples).toBe(rows.length);
  expect(warnings.filter(({ code }) => code === 'DATA_NOISE')).toMatchObject([
    { what: expect.stringContaining('look like random numbers'), next: expect.stringContaining('that were recorded') },
  ]);
});

function sixths(row: Float32Array): Float32Array {
  return Float32Array.from({ length: row.length / 6 }, (_, i) =>
    row.subarray(6 * i, 6 * i + 6).reduce((sum, value) => sum + value - 0.5, 0),
  );
}

it('tells pictures of random numbers among others, until they are left out', () => {
  const rows = [...clean.slice(0, 30), ...randomRows(5, 144, { scale: 200 }), ...clean.slice(30)];
  const { noiseSamples, warnings } = lintOf(rows).summary();
  expect(noiseSamples).toBe(5);
  expect(warnings).toMatchObject([
    { code: 'DATA_NOISE', where: 'sample 30', next: expect.stringMatching(/leave them out/) },
  ]);
  expect(codesOf(rows.filter((_, i) => i < 30 || i >= 35))).toEqual([]);
});

describe('is not taken for random numbers:', () => {
  const noise = randomRows(64, 144).map((row) => row.map((value) => value - 0.5));
  const next = generator(9);
  const gains = noise.map(() => 1 + next());

  it.each([
    ['a hiss that is now loud and now soft', flat(144), noise.map((row, i) => row.map((value) => gains[i]! * value))],
    ['columns of different means', flat(24), randomRows(64, 24).map((row) => row.map((value, i) => value + i))],
    ['columns that were brought to mean 0', flat(24), centred(randomRows(64, 24))],
    ['samples of different means', flat(144), noise.map((row, i) => row.map((value) => gains[i]! + value))],
    ['one number', flat(1), randomRows(64, 1)],
  ])('%s', (_, input, rows) => {
    expect(codesOf(rows, input)).toEqual([]);
  });

  it('whole numbers that are indices', () => {
    const words = randomRows(64, 144, { scale: 5000 }).map((row) => row.map(Math.floor));
    expect(codesOf(words, [{ name: 'words', shape: [1, 144], dtype: 'int32' }])).toEqual([]);
  });
});

function centred(rows: readonly Float32Array[]): readonly Float32Array[] {
  const means = rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]! / rows.length, 0));
  return rows.map((row) => row.map((value, i) => value - means[i]!));
}
