// Calibration and evaluation data of different scales: which of the two is off is told, the advice is followed, and no figure hides it.
import { attempt } from '../deploy.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { reportOf } from '../report/report.js';
import { reportText } from '../report/report-text.js';
import { irregular, tableGraph, tableRun } from '../testing/table-model.js';

const library = await readProfileFolder();
const run = tableRun();
afterAll(() => run.remove());

/** Trained with values from 0 to 1: three classes around the middle. */
const weights = [
  [6, 0],
  [0, 6],
  [-6, -6],
];
const graph = tableGraph(weights, 'SOFTMAX', { mean: [0.5, 0.5], std: [0.05, 0.05] });
const rows = 120;
let count = 0;

/** Values from 0 to 1 times `factor`, with their classes. */
function table(factor: number, { first = 0, of = rows, plus = 0 } = {}): string {
  const lines = Array.from({ length: of }, (_, row) => {
    const unit = [0, 1].map((k) => (irregular(2 * (first + row) + k) + 1) / 2);
    const scores = weights.map(([a, b]) => a! * (unit[0]! - 0.5) + b! * (unit[1]! - 0.5));
    return [...unit.map((value) => value * factor + plus), scores.indexOf(Math.max(...scores))];
  });
  return `${run.table(`t${count++}.csv`, [['a', 'b', 'label'], ...lines])}?label=label`;
}

async function told(calibration: string, evaluation: string, more: object = {}) {
  const request = run.request(graph, { profile: 'esp32', calibration, evaluation, ...more });
  const { deployment, refused } = await attempt(request, library, deployHost('reference'), noProgress);
  const report = refused?.report ?? reportOf(deployment!, deployment!.files);
  const nextOf = (code: string): string | undefined => report.warnings.find((each) => each.code === code)?.next;
  const text = reportText(report);
  return {
    report,
    refusal: refused?.refusal,
    nextOf,
    text,
    isQualified: text.includes('\n             doubtful: evaluation and calibration data differ in range, '),
  };
}

const others = { first: rows };

it('says nothing of two sets of one scale', async () => {
  const { report, refusal, isQualified } = await told(table(1), table(1, others));
  expect({ refusal, isQualified, warnings: report.warnings }).toEqual({
    refusal: undefined,
    isQualified: false,
    warnings: [],
  });
});

it('has evaluation data changed where that alone is off, and not what is declared for both', async () => {
  const { nextOf, isQualified } = await told(table(1), table(255, others));
  const next = 'store the evaluation data with the values divided by 255, as the calibration data is';
  expect(nextOf('EVALUATION_RANGE')).toBe(`${next}: --preprocess would act on both`);
  expect(nextOf('FLOAT_MODEL_WRONG')).toMatch(new RegExp(`^${next} \\(0.\\d+ to [01]\\S*\\): --preprocess would act`));
  expect(isQualified).toBe(true);
});

it('declares preprocessing where both are off', async () => {
  const { nextOf } = await told(table(255), table(255, others));
  expect(nextOf('FLOAT_MODEL_WRONG')).toBe('add --preprocess divideBy=255');
  const followed = await told(table(255), table(255, others), { preprocessing: { divideBy: 255 } });
  expect(followed.report.warnings).toEqual([]);
});

it.each([
  ['divided twice', 1 / 255, /^multiply the values of the calibration data by about 25\d/],
  ['not divided', 255, /^divide the values of the calibration data by about 25\d/],
])(
  'has calibration data changed where it was %s, and takes no more precision for the way out',
  async (_, factor, says) => {
    const { report, refusal, nextOf, isQualified } = await told(table(factor), table(1, others));
    expect(nextOf('EVALUATION_RANGE')).toMatch(says);
    expect(nextOf('EVALUATION_RANGE')).toMatch(/--preprocess acts on both: the float model is right on the evaluation/);
    expect(refusal?.diagnostic).toMatchObject({
      code: 'ACCURACY_BELOW_LIMIT',
      what: expect.stringContaining('the scale of the input is the cause: evaluation reaches'),
      next: expect.stringMatching(says),
    });
    expect(report.schemes.map(({ scheme }) => scheme)).toEqual(['int8']);
    expect(isQualified).toBe(true);
  },
);

it('qualifies good figures that more precision has where it is forced', async () => {
  const { report, isQualified } = await told(table(255), table(1, others), { scheme: 'int16x8' });
  expect(report.accuracy![0]!.top1!.quantizedRight).toBeGreaterThan(0.95 * rows);
  expect(isQualified).toBe(true);
});

it('asks for the scale of training where nothing tells which of the two is off', async () => {
  const few = await told(table(1), table(255, { first: rows, of: 12 }));
  expect(few.nextOf('EVALUATION_RANGE')).toMatch(/^bring the values of both to the scale of training, where they are/);
  const both = await told(table(1 / 255), table(255, others));
  expect(both.nextOf('FLOAT_MODEL_WRONG')).toMatch(/divided by 255, and bring the calibration data \(.*\) to the same/);
});

it('asks for samples as varied where the scale is one, and still takes more precision', async () => {
  const { nextOf, report, isQualified } = await told(table(1), table(1, { ...others, plus: 0.3 }));
  expect(nextOf('EVALUATION_RANGE')).toMatch(
    /^calibrate with samples as varied as those that are evaluated; where one/,
  );
  expect(isQualified).toBe(true);
  expect(report.ok).toBe(true);
});
