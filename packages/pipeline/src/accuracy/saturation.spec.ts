// Sigmoids that are all at their bound, as with inputs that are not divided: no class is decided for, and the cause is named.
import { deploy } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { irregular, tableGraph, tableRun } from '../testing/table-model.js';

const library = await readProfileFolder();
const run = tableRun();
afterAll(() => run.remove());

it('equal greatest scores of sigmoids are left out of the accuracy, and told', async () => {
  const rows = 120;
  const bytes = (row: number): number[] => [0, 1].map((k) => Math.round((irregular(2 * row + k) + 2) * 80));
  const graph = tableGraph(
    [
      [1, 0.1],
      [0.1, 1],
      [0.5, 0.5],
    ],
    'LOGISTIC',
  );
  const table = (name: string, from: number) =>
    run.table(name, [
      ['a', 'b', 'label'],
      ...Array.from({ length: rows }, (_, row) => [...bytes(from + row), row % 3]),
    ]);
  const request = run.request(graph, { calibration: table('c.csv', 0), evaluation: table('e.csv', rows) });
  const { accuracy, warnings } = await deploy(request, library, deployHost('reference'), noProgress);
  expect(accuracy[0]!.top1).toMatchObject({ tied: rows, decisions: 0, labelled: 0 });
  expect(warnings.filter(({ code }) => code === 'SCORES_TIED')).toMatchObject([
    {
      what: expect.stringContaining('they are saturated'),
      next: expect.stringMatching(/go from \d+ to \d+ here.*preprocessed/),
    },
  ]);
  const codes = warnings.map(({ code }) => code);
  expect(codes).not.toContain('AGREEMENT_LOW');
  expect(codes).not.toContain('FLOAT_MODEL_WRONG');
});
