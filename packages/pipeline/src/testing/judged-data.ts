// Runs of a small classifier on tables, for tests of what is told of the data.
import { deploy } from '../deploy.js';
import type { Deployment, DeployRequest } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { irregular, tableGraph, tableRun } from './table-model.js';

export type Row = readonly [number, number];

/** Classes of points in a plane, each on its own side of it. */
const sides = [
  [6, 0],
  [0, 6],
  [-6, -6],
];

export function rowsOf(count: number, change: (row: Row, index: number) => Row = (row) => row): readonly Row[] {
  return Array.from({ length: count }, (_, i) => change([irregular(2 * i), irregular(2 * i + 1)], i));
}

export function times([a, b]: Row, factor: number): Row {
  return [factor * a, factor * b];
}

export function sideOf(row: Row): number {
  const scores = sides.map(([a = 0, b = 0]) => a * row[0] + b * row[1]);
  return scores.indexOf(Math.max(...scores));
}

export interface JudgedRuns {
  readonly run: (
    calibration: readonly Row[],
    more?: {
      readonly evaluation?: readonly Row[];
      readonly labels?: readonly number[];
      readonly changes?: Partial<DeployRequest>;
    },
  ) => Promise<Deployment>;
  readonly remove: () => void;
}

/** `labels`: of the calibration samples. */
export async function judgedRuns(): Promise<JudgedRuns> {
  const library = await readProfileFolder();
  const tables = tableRun();
  let count = 0;
  const table = (rows: readonly Row[], labels?: readonly number[]): string =>
    `${tables.table(`t${count++}.csv`, [
      ['a', 'b', ...(labels === undefined ? [] : ['label'])],
      ...rows.map((row, i) => [...row, ...(labels === undefined ? [] : [labels[i]!])]),
    ])}${labels === undefined ? '' : '?label=label'}`;
  return {
    run: (calibration, { evaluation, labels, changes } = {}) =>
      deploy(
        tables.request(tableGraph(sides, 'SOFTMAX'), {
          calibration: table(calibration, labels),
          ...(evaluation !== undefined && { evaluation: table(evaluation) }),
          ...changes,
        }),
        library,
        deployHost('reference'),
        noProgress,
      ),
    remove: () => tables.remove(),
  };
}
