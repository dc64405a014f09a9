// Samples of one value, and outside of the range they are held against.
import { SampleLint } from './lint-samples.js';

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
    /DATA_CONSTANT_SAMPLES: every value of (all 2 samples|the only sample) is \d/,
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

it('takes one sample of one value, which cannot vary, for the range from 0', () => {
  const one = (...values: number[]): SampleLint => {
    const result = new SampleLint([{ name: 'x', shape: [1, 1], dtype: 'float32' }]);
    values.forEach((value, i) => result.observe({ inputs: [Float32Array.of(value)], id: `${i}` }));
    return result;
  };
  expect(() => one(1.5).requireVariety('d')).not.toThrow();
  expect(() => one(-1.5).requireVariety('d')).not.toThrow();
  expect(() => one(1.5, 1.5).requireVariety('d')).toThrow(/all 2 samples is 1.5/);
  expect(() => one(0).requireVariety('d')).toThrow(/the only sample is 0/);
  expect(one(1.5).summary().warnings).toMatchObject([
    { code: 'DATA_FEW_SAMPLES', what: expect.stringContaining('only what it shows, inputs from 0 to 1.5') },
  ]);
  const held = new SampleLint([{ name: 'x', shape: [1, 1], dtype: 'float32' }], one(1.5).summary().inputs);
  [0.5, 1.5, 1.7, -1].forEach((value, i) => held.observe({ inputs: [Float32Array.of(value)], id: `${i}` }));
  expect(held.summary().inputs[0]!.outside).toBe(0.5);
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
