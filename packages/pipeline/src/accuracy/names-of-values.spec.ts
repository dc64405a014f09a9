// Class names for an output that classifies nothing are refused; where it may tell classes apart they are taken.
import { deploy } from '../deploy.js';
import type { Deployment } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { irregular, tableGraph, tableRun } from '../testing/table-model.js';

const library = await readProfileFolder();
const run = tableRun();
afterAll(() => run.remove());

const features = (row: number): [number, number] => [irregular(2 * row), irregular(2 * row + 1)];
const table = (name: string, label: (row: number) => number | undefined): string => {
  const rows = Array.from({ length: 40 }, (_, row) => [...features(row), ...[label(row) ?? []].flat()]);
  return run.table(name, [['a', 'b', ...(label(0) === undefined ? [] : ['label'])], ...rows]);
};
const start = (
  weights: readonly [number, number][],
  calibration: string,
  labels?: readonly string[],
): Promise<Deployment> =>
  deploy(
    run.request(tableGraph(weights, 'linear'), { calibration, labels }),
    library,
    deployHost('reference'),
    noProgress,
  );

const value = (row: number): number => features(row)[0] - 2 * features(row)[1];

it('refuses names for a regression, and its advice works', async () => {
  const data = table('values.csv', value);
  await expect(start([[1, -2]], data, ['speed'])).rejects.toThrow(
    /^SETTING_UNUSED: .*nothing is classified[^]*leave --labels/,
  );
  await expect(start([[1, -2]], data)).resolves.toBeDefined();
});

it.each<[string, readonly [number, number][], (row: number) => number | undefined, readonly string[]]>([
  ['yes and no', [[1, -2]], (row) => (value(row) > 0 ? 1 : 0), ['no', 'yes']],
  [
    'linear scores without labels in the data',
    [
      [1, 0],
      [0, 1],
      [-1, -1],
    ],
    () => undefined,
    ['a', 'b', 'c'],
  ],
])('takes names for %s', async (name, weights, label, names) => {
  const { classNames } = await start(weights, table(`${name}.csv`, label), names);
  expect(classNames).toEqual(names);
});
