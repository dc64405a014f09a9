// Whole runs on small models: what comes of labels and data that fit the model, and of those that do not. Advice is followed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parsePreprocessing } from '@wherry/calibration-data';
import { deploy } from '../deploy.js';
import type { Deployment, DeployRequest } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { irregular, tableGraph, tableRun, type Ending } from '../testing/table-model.js';
import { fileText } from '../testing/file-text.js';

const library = await readProfileFolder();
const run = tableRun();
afterAll(() => run.remove());

const rows = 120;
const three = [
  [6, 0],
  [0, 6],
  [-6, -6],
];
const features = (row: number): [number, number] => [irregular(2 * row), irregular(2 * row + 1)];
/** What the model of three classes, of several yes and no, or of one, says. */
const scores = (weights: readonly (readonly number[])[], row: number): number[] =>
  weights.map(([a = 0, b = 0]) => a * features(row)[0] + b * features(row)[1]);
const classOf = (row: number): number => {
  const values = scores(three, row);
  return values.indexOf(Math.max(...values));
};
let count = 0;
const table = (label: (row: number) => readonly (number | string)[]): string =>
  run.table(`t${count++}.csv`, [
    ['a', 'b', ...(label(0).length > 0 ? ['label'] : [])],
    ...Array.from({ length: rows }, (_, row) => [...features(row), ...label(row)]),
  ]);
/** Others than those that are judged by. */
const calibration = run.table('calibration.csv', [
  ['a', 'b'],
  ...Array.from({ length: rows }, (_, row) => features(rows + row)),
]);
const start = (
  weights: readonly (readonly number[])[],
  ending: Ending,
  changes: Partial<DeployRequest>,
): Promise<Deployment> => {
  const request = run.request(tableGraph(weights, ending), { calibration, ...changes });
  return deploy(request, library, deployHost('reference'), noProgress);
};
const codes = ({ warnings }: Deployment): string[] => warnings.map(({ code }) => code);

describe('class numbers', () => {
  it('from 0 are accuracy, and nothing is said', async () => {
    const deployment = await start(three, 'SOFTMAX', { evaluation: table((row) => [classOf(row)]) });
    expect(deployment.accuracy[0]!.top1).toMatchObject({ labelled: rows, floatRight: rows });
    expect(codes(deployment)).toEqual([]);
  });

  it('go with linear outputs of classes too', async () => {
    const { accuracy } = await start(three, 'linear', { evaluation: table((row) => [classOf(row)]) });
    expect(accuracy[0]).toMatchObject({ task: 'classes', top1: { floatRight: rows } });
  });

  it.each<readonly [string, (row: number) => number, RegExp]>([
    ['from 1', (row) => classOf(row) + 1, /label 3 is no class.*count from 1/],
    ['below 0', (row) => classOf(row) - 1, /label -1 is no class/],
    [
      'too great',
      (row) => (row === 7 ? 5 : classOf(row)),
      /label 5 is no class of the model, which has 3 classes, 0 to 2/,
    ],
    ['signs', (row) => (row % 2) * 2 - 1, /-1 and 1/],
    ['fractions', (row) => classOf(row) + 0.5, /fractions, 0\.5 to 2\.5/],
  ])('%s are no accuracy, and the cause is named', async (_, label, what) => {
    const deployment = await start(three, 'SOFTMAX', { evaluation: table((row) => [label(row)]) });
    expect(deployment.accuracy[0]!.top1).toMatchObject({ labelled: 0 });
    expect(deployment.warnings).toMatchObject([{ code: 'LABELS_DO_NOT_FIT', what: expect.stringMatching(what) }]);
    expect(deployment.evaluation!.lint).not.toHaveProperty('labels');
  });

  it('of another order are found out, as are shifted ones and those of chance', async () => {
    const warned = async (label: (row: number) => number): Promise<string> => {
      const { warnings } = await start(three, 'SOFTMAX', { evaluation: table((row) => [label(row)]) });
      return warnings.map(({ code, what, next }) => `${code}: ${what}; ${next}`).join('\n');
    };
    expect(await warned((row) => [2, 1, 0][classOf(row)]!)).toMatch(
      /FLOAT_MODEL_WRONG.* of 120 samples, and in 120 if label 0 is output 2, label 2 is output 0/,
    );
    expect(await warned((row) => (classOf(row) + 1) % 3)).toMatch(/fits the labels in 0 of 120.*every label is 1 less/);
    expect(await warned((row) => Math.floor((irregular(row + 5000) + 1) * 1.5))).toMatch(/about what chance gives/);
  });
});

describe('class names', () => {
  const names = ['red', 'green', 'blue'];
  const words = (of: readonly string[]) => table((row) => [of[classOf(row)]!]);

  it('number the classes of the data', async () => {
    const { accuracy, classNames, evaluation } = await start(three, 'SOFTMAX', {
      evaluation: words(names),
      labels: names,
    });
    expect(accuracy[0]!.top1).toMatchObject({ floatRight: rows });
    expect([classNames, evaluation!.classes]).toEqual([names, names]);
  });

  it('in a wrong order are refused; the advice works', async () => {
    const evaluation = words(names);
    const wrong = start(three, 'SOFTMAX', { evaluation, labels: ['green', 'red', 'blue'] });
    await expect(wrong).rejects.toThrow(/LABELS_ORDER.*give --labels red,green,blue/s);
  });

  it('of the data go to the firmware where the model confirms them, and are told otherwise', async () => {
    const { classNames } = await start(three, 'SOFTMAX', { evaluation: words(['a', 'b', 'c']) });
    expect(classNames).toEqual(['a', 'b', 'c']);
    const unsorted = await start(three, 'SOFTMAX', { evaluation: words(names) });
    expect(unsorted.classNames).toBeUndefined();
    // Sorted: blue, green, red.
    expect(unsorted.warnings).toMatchObject([
      { code: 'FLOAT_MODEL_WRONG', next: expect.stringContaining('--labels red,green,blue') },
    ]);
  });

  it('of another set are not used', async () => {
    const deployment = await start(three, 'SOFTMAX', { evaluation: words(names), labels: ['red', 'green', 'cyan'] });
    expect(codes(deployment)).toEqual(['DATA_CLASS_NAMES']);
    expect(deployment.accuracy[0]!.top1).toMatchObject({ labelled: 0 });
  });

  it('of fewer classes than the model has are not numbered without --labels', async () => {
    const evaluation = table((row) => [classOf(row) === 0 ? 'green' : 'blue']);
    const deployment = await start(three, 'SOFTMAX', { evaluation });
    expect(deployment.warnings).toMatchObject([
      {
        code: 'LABELS_DO_NOT_FIT',
        what: expect.stringContaining('2 classes (blue, green) and the model 3'),
        next: expect.stringContaining('--labels'),
      },
    ]);
    const numbered = table((row) => [classOf(row) === 0 ? 'green' : classOf(row) === 1 ? 'blue' : 'green']);
    expect(
      (await start(three, 'SOFTMAX', { evaluation: numbered, labels: ['green', 'blue', 'red'] })).accuracy[0]!.top1!
        .labelled,
    ).toBe(rows);
  });
});

describe('one value', () => {
  const one = [[8, 3]];
  const yes = (row: number): number => (scores(one, row)[0]! > 0 ? 1 : 0);

  it('of a sigmoid is yes or no', async () => {
    const deployment = await start(one, 'LOGISTIC', { evaluation: table((row) => [yes(row)]), labels: ['no', 'yes'] });
    expect(deployment.accuracy[0]).toMatchObject({
      task: 'binary',
      threshold: { at: 0.5, labelled: rows, floatRight: rows, floatAuc: 1 },
    });
    expect(codes(deployment)).toEqual([]);
    expect(fileText(deployment.files, 'model_settings.h')).toContain('{ "no", "yes" }');
    const words = table((row) => [yes(row) === 1 ? 'yes' : 'no']);
    expect((await start(one, 'LOGISTIC', { evaluation: words })).classNames).toEqual(['no', 'yes']);
  });

  it('tells exchanged and wrong labels', async () => {
    const inverted = await start(one, 'LOGISTIC', { evaluation: table((row) => [1 - yes(row)]) });
    expect(inverted.warnings).toMatchObject([
      { code: 'FLOAT_MODEL_WRONG', what: expect.stringContaining('labels 0 and 1 are exchanged') },
    ]);
    const deployment = await start(one, 'LOGISTIC', { evaluation: table((row) => [yes(row) + 1]) });
    expect(codes(deployment)).toEqual(['LABELS_DO_NOT_FIT']);
    expect(deployment.accuracy[0]!.threshold).toMatchObject({ labelled: 0 });
  });

  it('is decided by labels of -1 and 1 too, which are told when they are wrong', async () => {
    const sign = (row: number): number => 2 * yes(row) - 1;
    for (const [ending, at] of [
      ['LOGISTIC', 0.5],
      ['linear', 0],
      ['TANH', 0],
    ] as const) {
      const { accuracy, warnings } = await start(one, ending, { evaluation: table((row) => [sign(row)]) });
      expect(accuracy[0]).toMatchObject({ reading: 'signs', threshold: { at, labelled: rows, floatRight: rows } });
      expect(warnings).toEqual([]);
      const inverted = await start(one, ending, { evaluation: table((row) => [-sign(row)]) });
      expect(inverted.warnings).toMatchObject([
        { code: 'FLOAT_MODEL_WRONG', what: expect.stringContaining('labels 0 and 1 are exchanged') },
      ]);
    }
  });

  it('that is linear is ranked by 0 and 1, and held against targets', async () => {
    const ranked = await start(one, 'linear', { evaluation: table((row) => [yes(row)]) });
    expect(ranked.accuracy[0]!.threshold).toMatchObject({ at: null, labelled: 0, floatAuc: 1 });
    const { accuracy, evaluation, warnings } = await start(one, 'linear', {
      evaluation: table((row) => [scores(one, row)[0]! + 0.25]),
    });
    expect(accuracy[0]!.targets).toMatchObject({ values: rows, floatMae: expect.closeTo(0.25, 5) as number });
    expect(accuracy[0]!.targets!.floatR2).toBeGreaterThan(0.99);
    expect(evaluation!.lint).not.toHaveProperty('labels');
    expect(warnings).toEqual([]);
    const far = await start(one, 'linear', { evaluation: table((row) => [1000 + scores(one, row)[0]!]) });
    expect(codes(far)).toEqual(['FLOAT_MODEL_WRONG']);
  });
});

it('preprocessing that is not that of training is thought of; the advice works', async () => {
  const graph = tableGraph([[12, 0]], 'LOGISTIC', { mean: [0.5, 0.5], std: [1, 1] });
  const raw = Array.from({ length: rows }, (_, row) => features(row).map((value) => Math.round((value + 1) * 127.5)));
  const yes = (row: number): number => (raw[row]![0]! > 127 ? 1 : 0);
  const labels = (of: (value: number) => number) => [
    ['a', 'b', 'label'],
    ...raw.map((values, row) => [...values.map(of), yes(row)]),
  ];
  const judged = (table: string, words: readonly string[]): Promise<Deployment> =>
    deploy(
      run.request(graph, {
        calibration: run.table('bytes.csv', labels(Number)),
        evaluation: table,
        preprocessing: parsePreprocessing(words),
      }),
      library,
      deployHost('reference'),
      noProgress,
    );
  const bytes = run.table('bytes-judged.csv', labels(Number));
  const wrong = await judged(bytes, []);
  expect(wrong.warnings.map(({ next }) => next).join('\n')).toContain('add --preprocess divideBy=255');
  const right = await judged(bytes, ['divideBy=255']);
  expect(right.accuracy[0]!.threshold).toMatchObject({ floatRight: rows });
  expect(codes(right)).not.toContain('FLOAT_MODEL_WRONG');
});

it('independent values are not judged by the greatest', async () => {
  const loud = [
    [40, 0],
    [40, 1],
    [0, 40],
  ];
  const { accuracy, warnings } = await start(loud, 'LOGISTIC', {
    calibration: table(() => []),
    evaluation: table(() => []),
  });
  expect(accuracy[0]).toMatchObject({ task: 'multi-label', threshold: { decisions: 3 * rows } });
  expect(accuracy[0]).not.toHaveProperty('top1');
  expect(warnings.map(({ code }) => code)).toEqual(['ACCURACY_ON_CALIBRATION_DATA']);
  const classed = await start(three, 'LOGISTIC', { evaluation: table((row) => [classOf(row)]) });
  // Two sigmoids near 1 are both the greatest int8 value.
  expect(classed.accuracy[0]).toMatchObject({ task: 'classes', top1: { floatRight: rows - 1, tied: 1 } });
  expect(codes(classed)).toEqual([]);
});

it('evaluation of another scale, and all that is wrong with it, reaches the report', async () => {
  const scaled = run.table(
    'scaled.csv',
    Array.from({ length: rows }, (_, row) => features(row % 60).map((value) => value * 255)),
  );
  const { warnings } = await start(three, 'SOFTMAX', { evaluation: scaled });
  expect(warnings.slice(0, 2)).toMatchObject([
    { code: 'DATA_DUPLICATE_SAMPLES', where: expect.stringContaining('evaluation data scaled.csv') },
    { code: 'EVALUATION_RANGE', what: expect.stringMatching(/9\d\.\d\d % of the values lie outside/) },
  ]);
  const narrow = await start(three, 'SOFTMAX', { calibration: scaled, evaluation: calibration });
  expect(narrow.warnings.map(({ code, what }) => `${code} ${what}`).join('\n')).toMatch(
    /EVALUATION_RANGE .*1 of 256 steps/,
  );
});

it('an array that was never filled is refused, and the model is not blamed', async () => {
  const zeros = run.table(
    'zeros.csv',
    Array.from({ length: 40 }, () => [0, 0]),
  );
  await expect(start(three, 'SOFTMAX', { calibration: zeros })).rejects.toThrow(
    /^DATA_CONSTANT_SAMPLES.*every value of all 40 samples is 0/s,
  );
  const single = run.table('single.csv', [[0.5, -0.25]]);
  expect(codes(await start(three, 'SOFTMAX', { calibration: single }))).toContain('DATA_FEW_SAMPLES');
});

it('a folder of parts is refused before anything else', async () => {
  mkdirSync(join(run.folder, 'empty'));
  await expect(start(three, 'SOFTMAX', { calibration: `folder:${join(run.folder, 'empty')}` })).rejects.toThrow(
    'DATA_EMPTY',
  );
});
