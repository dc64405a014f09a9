// Parts that are lost beside larger ones: told with what they are, and only those that vary.
import { deploy } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { irregular, tableGraph, tableRun } from '../testing/table-model.js';
import { accuracyWarnings } from './accuracy-warnings.js';
import { OutputComparator } from './output-comparison.js';
import { partsOf, type Parts } from './part-errors.js';

const step = 1.5;
const rounded = (value: number): number => step * Math.round(value / step);
const large = (i: number): number => 180 + 170 * irregular(i);

/** What is said of an output of which each sample has the values `of`, rounded to the step. */
function said(of: (sample: number) => readonly number[], parts: Parts | undefined): string {
  const comparator = new OutputComparator('y', { kind: 'values', targets: false }, parts);
  for (let sample = 0; sample < 40; sample++) comparator.add(of(sample), of(sample).map(rounded), {});
  const context = { scheme: 'int8', namesGiven: false, inputs: [], onCalibrationData: false };
  return accuracyWarnings(context, [comparator.result])
    .map(({ code, what }) => `${code}: ${what}`)
    .join();
}
const columns = partsOf([1, 3, 3, 4], step, false);
const withScores = (score: (i: number) => number) => (sample: number) =>
  Array.from({ length: 36 }, (_, i) => (i % 4 < 2 ? large(36 * sample + i) : score(36 * sample + i)));

it('names scores that int8 gives as 0 beside boxes, with what they are', () => {
  expect(
    said(
      withScores((i) => 0.5 + 0.2 * irregular(i + 7)),
      columns,
    ),
  ).toMatch(
    /^VALUES_DEAD_PART: .*SQNR [45]\d\.\d dB\): \[\.\.\., 2:4\] is 0\.3\d* to 0\.[67]\d* in float and 0 in int8 \(at most 0\.0 dB\); one step of int8 is 1\.5$/,
  );
  const one = (i: number): number => (i % 4 === 2 ? 0.2 * irregular(i) : large(i));
  expect(said(withScores(one), columns)).toMatch(
    /: \[\.\.\., 2\] is -0\.\d+ to 0\.\d+ in float and 0 in int8 \(0\.0 dB\)/,
  );
});

it('tells of values that vary and are one value in int8, near as it is', () => {
  expect(
    said(
      withScores((i) => 1.5 + 0.3 * irregular(i)),
      columns,
    ),
  ).toMatch(/2:4\] is 1\.2\d* to 1\.(79|8) in float and 1\.5 in int8 \(at most 1\d\.\d dB\)/);
});

it('finds attributes that stand before the places', () => {
  const parts = partsOf([1, 3, 9], step, false);
  expect(parts).toEqual({ along: 'first', count: 3, step });
  expect(
    said(
      (sample) => Array.from({ length: 27 }, (_, i) => (i < 18 ? large(27 * sample + i) : 0.4 * irregular(i))),
      parts,
    ),
  ).toMatch(/\[:, 2\] is -0/);
});

it('says nothing of parts that are constant, zero, or well told', () => {
  for (const score of [
    () => 0,
    () => 0.4,
    (i: number) => 0.4 + 1e-5 * irregular(i),
    (i: number) => 1.5 + 0.05 * irregular(i),
    (i: number) => 8 * irregular(i),
  ])
    expect(said(withScores(score), columns)).toBe('');
});

it('takes no pixels, single values or very many for parts', () => {
  expect(partsOf([1, 64], step, true)).toBeUndefined();
  expect(partsOf([1, 8, 8, 1], step, true)).toBeUndefined();
  expect(partsOf([1, 500], step, false)).toBeUndefined();
  expect(partsOf([1, 300, 6], step, false)).toMatchObject({ along: 'last', count: 6 });
});

it('tells them in a whole run, by the scale of its output', async () => {
  const run = tableRun();
  const calibration = run.table(
    'parts.csv',
    Array.from({ length: 60 }, (_, row) => [irregular(2 * row), irregular(2 * row + 1)]),
  );
  const graph = tableGraph(
    [
      [300, 0],
      [0, 300],
      [0.4, 0.3],
    ],
    'linear',
  );
  const { warnings, accuracy } = await deploy(
    run.request(graph, { calibration }),
    await readProfileFolder(),
    deployHost('reference'),
    noProgress,
  );
  run.remove();
  expect(warnings.map(({ code }) => code)).toContain('VALUES_DEAD_PART');
  expect(accuracy[0]!.deadParts).toMatchObject([{ along: 'last', index: 2, step: expect.closeTo(2.3, 0) as number }]);
});
