// Samples of two scales, many and few, told from those that are loud and soft by nature.
import { codesOf, generator, lintOf, picture, pictures, type Rows } from '../test/planted-sets.js';
import type { InputExpectation } from './formats/format.js';
import { SampleLint } from './lint-samples.js';

const times = (rows: Rows, factor: number, isMeant: (index: number) => boolean): Rows =>
  rows.map((row, i) => (isMeant(i) ? row.map((value) => value * factor) : row));
const told = (rows: Rows, input: readonly InputExpectation[] = picture) =>
  lintOf(rows, input)
    .summary()
    .warnings.filter(({ code }) => code === 'DATA_MIXED_SCALES');
const single: readonly InputExpectation[] = [{ name: 'x', shape: [1, 2], dtype: 'float32' }];
const peaks = (values: readonly number[]): Rows => values.map((value) => Float32Array.of(0, value));
const most = Array.from({ length: 30 }, (_, i) => 180 + i);

it('tells halves of two scales, and what to do with which', () => {
  const raw = [180, 200, 255, 240, 255];
  expect(told(peaks([...raw, ...raw.map((value) => value / 255)]), single)).toMatchObject([
    {
      what: '5 samples reach 180 or more and 5 stay within 1.00, none lies between: about 255 times as far',
      where: 'samples 0 to 4',
      next: expect.stringContaining('divide the values of these 5 by about 255, or multiply those of all others,'),
    },
  ]);
});

it.each([
  ['twenty of 300', 255, (i: number) => i < 20, 'samples 0 to 19'],
  ['scattered ones', 255, (i: number) => i % 90 === 7, 'samples 7, 97, 187, 277'],
  ['two of 12 bits among those of 8', 16, (i: number) => i === 5 || i === 250, 'samples 5, 250'],
  ['a single one', 255, (i: number) => i === 5, 'sample 5'],
])('tells %s that reach too far, and is content once they are divided', (_, factor, isMeant, where) => {
  const rows = pictures(300).map((row) => row.map((value) => value / 200));
  const planted = times(rows, factor * 1.5, isMeant);
  expect(told(planted)).toMatchObject([{ where, next: expect.stringContaining('divide the values of th') }]);
  expect(told(times(planted, 1 / (factor * 1.5), isMeant))).toEqual([]);
});

it('tells a few that were divided twice, and leaves dark pictures and silences alone', () => {
  const next = generator(3);
  const whole = Array.from({ length: 200 }, () =>
    Float32Array.from({ length: 144 }, (_, i) => (i === 0 ? 255 : Math.floor(255 * next()))),
  );
  expect(told(times(whole, 1 / 255, (i) => i < 6))).toMatchObject([
    {
      where: 'samples 0 to 5',
      next: expect.stringContaining('multiply the values of these 6 by about 255, or divide'),
    },
  ]);
  const dark = whole.map((row, i) => (i < 6 ? row.map((value) => Math.round(value / 255)) : row));
  expect(told(dark)).toEqual([]);
  expect(told(times(whole, 1 / 180, (i) => i < 6))).toEqual([]);
  expect(told(times(whole, 1 / 255, (i) => i === 6))).toEqual([]);
});

it('takes loud and soft for what they are', () => {
  // From a whisper to a shout, each step of two decibels taken.
  expect(told(peaks(Array.from({ length: 40 }, (_, i) => 2 ** (i / 3))), single)).toEqual([]);
  expect(told(peaks([0.01, ...most]), single)).toEqual([]);
  expect(told(peaks([...most, 15.9 * 209, 3400]), single)).toEqual([]);
  expect(told(peaks([...most, 16.1 * 209, 3400]), single)).toHaveLength(1);
  expect(told(peaks([...most, 40 * 209]), single)).toEqual([]);
  expect(told(peaks([1, 255]), single)).toEqual([]);
});

it('looks at each input by itself, and at none of indices', () => {
  const both = (dtype: 'float32' | 'int32') => {
    const lint = new SampleLint([...single, { name: 'far', shape: [1, 2], dtype }]);
    const near = times(peaks(most), 255, (i) => i < 3);
    near.forEach((row, i) => lint.observe({ inputs: [Float32Array.of(0, 1e5 + i), row], id: `${i}` }));
    return lint.summary().warnings.filter(({ code }) => code === 'DATA_MIXED_SCALES');
  };
  expect(both('float32')).toMatchObject([{ where: 'samples 0 to 2, input far' }]);
  expect(both('int32')).toEqual([]);
});

it('names no more samples than can be read', () => {
  const [warning] = told(times(pictures(300), 1e3, (i) => i % 10 === 0));
  expect(warning?.where).toBe('samples 0, 10, 20, 30, 40, 50, 60, 70 and 22 more');
  expect(codesOf(pictures(300))).not.toContain('DATA_MIXED_SCALES');
});
