// Targets in another unit than the outputs: the rule is found where there is one, and only there. The way back works.
import { irregular } from '../testing/table-model.js';
import { floatWarning } from './float-plausibility.js';
import { OutputComparator } from './output-comparison.js';

const outputsOf = (row: number, mean: number): readonly [number, number] => [
  mean + irregular(2 * row),
  mean + 2 * irregular(2 * row + 1),
];
const noise = (row: number, size: number): number => size * irregular(row + 9000);

function said(
  outputs: (row: number) => readonly number[],
  targets: (row: number) => readonly number[],
  rows = 200,
): string {
  const comparator = new OutputComparator('y', { kind: 'values', targets: true });
  for (let row = 0; row < rows; row++)
    comparator.add(outputs(row), outputs(row), { target: Float32Array.from(targets(row)) });
  const warning = floatWarning(comparator.result, { namesGiven: false, inputs: [] });
  return warning === undefined ? '' : `${warning.what}; ${warning.next}`;
}

/** One output, and targets made of what it should be. */
const single = (mean: number, target: (right: number) => number, error = 0.1, rows = 200): string =>
  said(
    (row) => [outputsOf(row, mean)[0]],
    (row) => [target(outputsOf(row, mean)[0] + noise(row, error))],
    rows,
  );

it.each<readonly [string, number, (right: number) => number, RegExp]>([
  ['a hundred times, about 0', 0, (y) => y * 100, /about 100 \* the output, which explains 9\d %.*: y \/ 100;/],
  ['ten times, far from 0', 20, (y) => y * 10, /about 10 \* the output,.*: y \/ 10;/],
  ['divided by 255', 5, (y) => y / 255, /about 0\.003922 \* the output,/],
  ['Fahrenheit', 20, (y) => y * 1.8 + 32, /about 1\.8 \* the output \+ 3[12]\.?\d*,.*: \(y - 3[12]\.?\d*\) \/ 1\.8;/],
  ['normalized', 20, (y) => (y - 20) / 0.58, /about 1\.7\d* \* the output - 3\d\.?\d*,/],
  ['Kelvin', 20, (y) => y + 273.15, /about the output \+ 273\.\d,.*: y - 273\.\d;/],
  ['the other way round', 3, (y) => -y, /about -1 \* the output,.*: -y;/],
])('names targets that are %s', (_, mean, target, rule) => {
  expect(single(mean, target)).toMatch(rule);
});

it('says nothing of targets in the unit of the outputs, however well they are met', () => {
  for (const error of [0, 0.1, 0.5, 1]) for (const mean of [0, 20]) expect(single(mean, (y) => y, error)).toBe('');
  expect(single(0, (y) => y * 1.1)).toBe('');
  expect(single(0, (y) => y * 100, 0.1, 12)).toBe('');
});

it('has no rule for targets of other samples', () => {
  const shuffled = said(
    (row) => [outputsOf(row, 3)[0]],
    (row) => [outputsOf(row + 1, 3)[0]],
  );
  expect(shuffled).toMatch(/further from the targets than their mean/);
});

it('tells several values by one rule, or each by its own', () => {
  const both = (of: (value: number, at: number) => number) =>
    said(
      (row) => outputsOf(row, 4),
      (row) => outputsOf(row, 4).map((value, at) => of(value + noise(2 * row + at, 0.1), at)),
    );
  expect(both((value) => value)).toBe('');
  expect(both((value) => value * 10)).toMatch(/targets are about 10 \* the output,.*: y \/ 10;/);
  expect(both((value, at) => value * (at === 0 ? 1 : 100))).toMatch(
    /targets of value 1 are about 100 \* the output,.*: y\[:, 1\] \/ 100; or check their order/,
  );
});

it('outputs that all estimate one number, as quantiles do, are no wrong targets', () => {
  const quantiles = (row: number, of: readonly number[]): readonly number[] =>
    of.map((shift) => outputsOf(row, 0)[0] + shift);
  const truth = (row: number): readonly number[] => new Array<number>(3).fill(outputsOf(row, 0)[0] + noise(row, 0.5));
  expect(said((row) => quantiles(row, [-2, 0, 2]), truth)).toBe('');
});

it('takes scores of classes beside shares for no other unit; shares that are met are none', () => {
  const shares = (row: number): readonly number[] => {
    const sizes = [0, 1, 2].map((at) => Math.exp(2 * irregular(3 * row + at)));
    return sizes.map((size) => size / sizes.reduce((a, b) => a + b));
  };
  const logits = (row: number): readonly number[] => shares(row).map((share) => 5 + 4 * Math.log(share));
  expect(said(logits, shares)).toMatch(/shares that sum to 1 .* same in 200 of 200 samples.*np\.argmax\(y, axis=1\)/);
  expect(said(shares, shares)).toBe('');
  expect(
    said(
      (row) => shares(row).map((share) => 100 * share),
      (row) => shares(row).map((share) => 3 * share),
    ),
  ).toMatch(/another scale/);
});
