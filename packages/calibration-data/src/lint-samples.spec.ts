// Samples of one value, of two scales, and outside of the range they are held against.
import { SampleLint } from './lint-samples.js';
import { mixedScales } from './mixed-scales.js';

const input = [{ name: 'x', shape: [1, 2], dtype: 'float32' as const }];
function lint(rows: readonly (readonly number[])[], reference?: SampleLint): SampleLint {
  const result = new SampleLint(input, reference?.summary().inputs);
  rows.forEach((row, i) => result.observe({ inputs: [Float32Array.from(row)], id: `${i}` }));
  return result;
}

it.each([
  [
    'zeros',
    [
      [0, 0],
      [0, 0],
    ],
  ],
  ['any one value', [[7, 7]]],
])('refuses samples of %s', (_, rows) => {
  expect(() => lint(rows).requireVariety('data.npz')).toThrow(
    /DATA_CONSTANT_SAMPLES: every value of all \d samples is \d/,
  );
});

it('lets a single sample of several values pass, and constant samples that differ', () => {
  expect(() => lint([[0, 1]]).requireVariety('d')).not.toThrow();
  expect(() =>
    lint([
      [0, 0],
      [1, 1],
    ]).requireVariety('d'),
  ).not.toThrow();
  expect(() => lint([]).requireVariety('d')).not.toThrow();
});

it('counts values outside of a reference, beyond a tenth of its width', () => {
  const reference = lint([
    [0, 1],
    [0.5, 1],
  ]);
  expect(reference.summary().inputs[0]).not.toHaveProperty('outside');
  expect(
    lint(
      [
        [1.05, -0.05],
        [2, 0],
      ],
      reference,
    ).summary().inputs[0]!.outside,
  ).toBe(0.25);
});

it('gives the ranges of single values of flat inputs', () => {
  expect(
    lint([
      [1, 5],
      [3, 9],
    ]).parts(),
  ).toEqual([
    [
      { min: 1, max: 3, mean: 2 },
      { min: 5, max: 9, mean: 7 },
    ],
  ]);
});

it('tells two scales from natural spread', () => {
  const raw = [180, 200, 255, 240, 255];
  const divided = raw.map((value) => value / 255);
  expect(mixedScales([...raw, ...divided])).toEqual({ quiet: 5, quietest: 1, loud: 5, loudest: 180 });
  // From a whisper to a shout, each step of six decibels taken.
  expect(mixedScales(Array.from({ length: 40 }, (_, i) => 2 ** (i / 3)))).toBeUndefined();
  // One quiet recording among many is no second scale.
  expect(mixedScales([0.01, ...Array.from({ length: 30 }, () => 200)])).toBeUndefined();
  expect(mixedScales([1, 255])).toBeUndefined();
  const warned = lint([...raw, ...divided].map((peak) => [0, peak]))
    .summary()
    .warnings.map(({ code }) => code);
  expect(warned).toContain('DATA_MIXED_SCALES');
});
