// Whether every class is among the calibration samples: classes left out, made rare and made loud, and the advice followed.
import { reportOf } from '../report/report.js';
import { reportText } from '../report/report-text.js';
import { judgedRuns, rowsOf, sideOf, times, type Row } from '../testing/judged-data.js';

const runs = await judgedRuns();
afterAll(() => runs.remove());

const all = rowsOf(96);
const without = (own: number, keep = 0): readonly Row[] => {
  let kept = 0;
  return all.filter((row) => sideOf(row) !== own || kept++ < keep);
};
const judge = async (rows: readonly Row[], labels?: readonly number[]) => {
  const deployment = await runs.run(rows, labels && { labels });
  const { verdict, classes } = deployment.dataQuality!;
  const warnings = deployment.warnings.filter(({ code }) => code.startsWith('CALIBRATION_'));
  return { verdict, classes: classes!, warnings, deployment };
};

it('says of every class that it is met, and warns of nothing', async () => {
  const { verdict, classes, warnings, deployment } = await judge(all);
  expect({ verdict, warnings }).toEqual({ verdict: 'sound', warnings: [] });
  expect(classes).toEqual({
    by: 'answers of the float model',
    classes: 3,
    met: 3,
    enough: true,
    missing: [],
    rare: [],
    alone: [],
  });
  const text = reportText(reportOf(deployment, deployment.files));
  expect(text).toContain('\n             3 of 3 classes are met, by the answers of the float model\n');
});

it('misses a class by the answers of the float model', async () => {
  const { verdict, warnings, deployment } = await judge(without(1));
  expect(verdict).toBe('doubtful');
  expect(warnings).toMatchObject([
    {
      code: 'CALIBRATION_CLASSES',
      what: expect.stringMatching(
        /^none is of class 1, by the answers of the float model, among \d+ calibration samples of 3 /,
      ),
      next: 'give samples of class 1; where they are there, check that they are preprocessed as in training',
    },
  ]);
  expect(reportText(reportOf(deployment, deployment.files))).toContain('2 of 3 classes are met');
  expect((await judge(without(1, 8))).warnings).toEqual([]);
});

it('goes by labels where there are some, whatever the model answers', async () => {
  const labels = all.map((row) => (sideOf(row) === 2 ? 0 : sideOf(row)));
  const { classes, warnings } = await judge(all, labels);
  expect(classes).toMatchObject({ by: 'labels', met: 2, missing: ['class 2'] });
  expect(warnings).toMatchObject([{ code: 'CALIBRATION_CLASSES', next: 'give samples of class 2' }]);
  expect((await judge(all, all.map(sideOf))).warnings).toEqual([]);
});

it('tells a class with one or two samples where others have many', async () => {
  const { classes, warnings } = await judge(without(0, 2));
  expect(classes).toMatchObject({ missing: [], rare: ['class 0'] });
  expect(warnings).toMatchObject([{ what: expect.stringMatching(/^one or two are of class 0, /) }]);
});

it('leaves a set of one class to the warning that there is', async () => {
  const { verdict, classes, warnings } = await judge(all.filter((row) => sideOf(row) === 0));
  expect({ verdict, met: classes.met, missing: classes.missing }).toEqual({
    verdict: 'doubtful',
    met: 1,
    missing: ['class 1', 'class 2'],
  });
  expect(warnings.map(({ code }) => code)).toEqual(['CALIBRATION_ONE_SIDED']);
});

it('misses nothing among a handful', async () => {
  const { classes, warnings } = await judge(without(1).slice(0, 15));
  expect(classes).toMatchObject({ met: 2, enough: false, missing: [] });
  expect(warnings).toEqual([]);
});

it('names the class of few samples that a scale hangs on, until there are more', async () => {
  let count = 0;
  const loud = (most: number, rows: readonly Row[]): readonly Row[] =>
    rows.flatMap((row) => (sideOf(row) !== 1 ? [row] : count++ < most ? [times(row, 4)] : []));
  const { verdict, warnings } = await judge(loud(6, all));
  expect(verdict).toBe('doubtful');
  expect(warnings.filter(({ code }) => code === 'CALIBRATION_CLASS_ALONE')).toMatchObject([
    {
      what: expect.stringMatching(/^class 1, of which there are 6 samples, makes this range [34]\.\d times as wide/),
      where: expect.stringMatching(/^(dense|input x)$/),
      next: 'give 16 samples of class 1 or more',
    },
  ]);
  count = 0;
  const more = await judge(loud(Infinity, all));
  expect(more.classes.met).toBe(3);
  expect(more.warnings).toEqual([]);
});
