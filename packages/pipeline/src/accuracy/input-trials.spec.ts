// Inputs that are prepared otherwise than in training: the float model is asked which way it is right. The advice is followed.
import { parsePreprocessing, type InputSummary, type Preprocessing } from '@wherry/calibration-data';
import { GraphBuilder, referenceEngine, type Graph } from '@wherry/graph';
import { irregular, tableGraph } from '../testing/table-model.js';
import { floatWarning } from './float-plausibility.js';
import { inputTrial, type InputTrial } from './input-trials.js';
import { OutputComparator, type OutputComparison } from './output-comparison.js';
import type { OutputTask } from './output-task.js';

interface Set {
  readonly graph: Graph;
  readonly task: OutputTask;
  readonly sample: (row: number) => { readonly inputs: readonly [Float32Array]; readonly label: number };
}

const rows = 60;

interface Measured {
  readonly accuracy: OutputComparison;
  readonly inputs: readonly InputSummary[];
  readonly trial: InputTrial | undefined;
}

async function measured(
  { graph, task, sample }: Set,
  preprocessing: Preprocessing = {},
  count = rows,
  calibrated?: readonly InputSummary[],
): Promise<Measured> {
  const all = Array.from({ length: count }, (_, row) => sample(row));
  const comparator = new OutputComparator('y', task);
  const executor = await referenceEngine.prepare(graph);
  for (const { inputs, label } of all) {
    const [output] = await executor.run(inputs);
    comparator.add(output as Float32Array, output as Float32Array, { label });
  }
  const values = all.flatMap(({ inputs: [data] }) => [...data]);
  const inputs = [{ name: 'x', min: Math.min(...values), max: Math.max(...values), mean: 0 }];
  const trial = await inputTrial({
    float: graph,
    engine: referenceEngine,
    tasks: [task],
    accuracy: [comparator.result],
    inputs,
    calibrated,
    preprocessing,
    count,
    samples: async function* () {
      yield* all;
    },
  });
  return { accuracy: comparator.result, inputs, trial };
}

const tried = async (set: Set, preprocessing?: Preprocessing, count?: number): Promise<InputTrial | undefined> =>
  (await measured(set, preprocessing, count)).trial;

const classes: OutputTask = { kind: 'classes', classes: 3, labelled: true };

/** Trained with values from `low` to `high`: three classes around its middle. `stored` makes of values from 0 to 1 what the data has. */
function scaled(low: number, high: number, stored: (value: number) => number): Set {
  const [mean, std] = [(low + high) / 2, (high - low) / 20];
  const weights = [
    [6, 0],
    [0, 6],
    [-6, -6],
  ];
  return {
    graph: tableGraph(weights, 'SOFTMAX', { mean: [mean, mean], std: [std, std] }),
    task: classes,
    sample: (row) => {
      const unit = [0, 1].map((k) => (irregular(2 * row + k) + 1) / 2);
      const scores = weights.map(([a, b]) => a! * (unit[0]! - 0.5) + b! * (unit[1]! - 0.5));
      return { inputs: [Float32Array.from(unit, stored)], label: scores.indexOf(Math.max(...scores)) };
    },
  };
}

it.each<readonly [string, Set, string]>([
  ['not divided', scaled(0, 1, (v) => 255 * v), 'add --preprocess divideBy=255'],
  ['divided twice', scaled(0, 1, (v) => v / 255), 'add --preprocess scale=255'],
  ['divided where training had bytes', scaled(0, 255, (v) => v), 'add --preprocess scale=255'],
  [
    'bytes where training had -1 to 1',
    scaled(-1, 1, (v) => 255 * v),
    'add --preprocess mean=127.5 --preprocess std=127.5',
  ],
  ['0 to 1 where training had -1 to 1', scaled(-1, 1, (v) => v), 'add --preprocess mean=0.5 --preprocess std=0.5'],
  ['0 to 2 where training had -1 to 1', scaled(-1, 1, (v) => 2 * v), 'add --preprocess offset=-1'],
  [
    '-1 to 1 where training had 0 to 1',
    scaled(0, 1, (v) => 2 * v - 1),
    'add --preprocess scale=0.5 --preprocess offset=0.5',
  ],
  [
    '-1 to 1 where training had bytes',
    scaled(0, 255, (v) => 2 * v - 1),
    'add --preprocess scale=127.5 --preprocess offset=127.5',
  ],
])('values that are %s', async (_, set, next) => {
  const trial = await tried(set);
  expect(trial).toMatchObject({ next, isShare: true });
  expect(trial!.before).toBeLessThan(0.75);
  expect(trial!.after).toBeGreaterThan(0.95);
  const settings = parsePreprocessing(next.match(/\w+=\S+/g)!);
  const { divideBy = 1, scale = 1, offset = 0, mean = [0], std = [1] } = settings;
  const prepared = (data: Float32Array): Float32Array =>
    data.map((value) => ((value / divideBy) * scale + offset - mean[0]!) / std[0]!);
  const followed: Set = {
    ...set,
    sample: (row) => {
      const { inputs, label } = set.sample(row);
      return { inputs: [prepared(inputs[0])], label };
    },
  };
  expect(await tried(followed)).toBeUndefined();
});

it('says nothing of a model that is right, of labels of chance, and of few samples', async () => {
  expect(await tried(scaled(0, 1, (v) => v))).toBeUndefined();
  const chance = scaled(0, 1, (v) => v);
  const sample: Set['sample'] = (row) => ({
    ...chance.sample(row),
    label: Math.floor((irregular(row + 5000) + 1) * 1.5),
  });
  expect(await tried({ ...chance, sample })).toBeUndefined();
  expect(
    await tried(
      scaled(0, 1, (v) => v / 255),
      {},
      10,
    ),
  ).toBeUndefined();
});

it('names the samples of both figures where it was tried on some, and of one where on all', async () => {
  const whatOf = async (count: number): Promise<string> => {
    const { accuracy, inputs, trial } = await measured(
      scaled(0, 1, (v) => 255 * v),
      {},
      count,
    );
    const { floatRight, labelled } = accuracy.top1!;
    const { what } = floatWarning(accuracy, { namesGiven: false, inputs, trial })!;
    expect(what).toContain(
      `is right in ${((100 * floatRight) / labelled).toFixed(1)} % of the samples (inputs go from`,
    );
    return what;
  };
  expect(await whatOf(250)).toMatch(
    /\); of 100 that were tried again in [2-7]\d\.0 % as they are and in (9\d|100)\.0 % with the values divided by 255$/,
  );
  expect(await whatOf(60)).toMatch(/\), and in \S+ % with the values divided by 255$/);
});

it.each<readonly [string, number, number, RegExp, boolean]>([
  ['is so already', 0, 1, /^store the evaluation data with the values divided by 255, as .* \(0 to 1\)/, true],
  ['is as wrong', 0, 255, /^add --preprocess divideBy=255$/, false],
  ['is wrong in another way', 0, 0.004, /, and bring the calibration data \(0 to 0\.004\) to the same/, false],
])('minds calibration data that %s', async (_, min, max, says, isAlone) => {
  const set = scaled(0, 1, (v) => 255 * v);
  const { trial } = await measured(set, {}, rows, [{ name: 'x', min, max, mean: 0 }]);
  expect(trial!.next).toMatch(says);
  expect(trial!.evaluationNeeds).toBe(isAlone ? 'the values divided by 255' : undefined);
});

it('minds what is declared already', async () => {
  const twice = scaled(0, 1, (v) => v / 255);
  expect((await tried(twice, { divideBy: 255 }))!.next).toMatch(/^leave out --preprocess divideBy=255/);
  expect((await tried(twice, { divideBy: 2 }))!.next).toBe('add --preprocess scale=255');
  expect((await tried(twice, { scale: 2 }))!.next).toMatch(/^change the declared.*scale=255/);
  expect(
    (await tried(
      scaled(0, 1, (v) => 255 * v),
      { std: [2] },
    ))!.next,
  ).toMatch(/^change the declared.*divideBy=255/);
});

describe('pictures', () => {
  /** Of 4 x 4 x 3: class 0 is a red row, 1 a red column, 2 anything blue; the first row and column are looked at. */
  function pictures(at: (y: number, x: number, c: number) => number): Set {
    const builder = new GraphBuilder('picture');
    const input = builder.input('x', [1, 4, 4, 3], 'float32');
    const place = (y: number, x: number, c: number): number => (y * 4 + x) * 3 + c;
    const weights = new Float32Array(3 * 48);
    for (let k = 1; k < 4; k++) {
      weights[place(0, k, 0)] = 9;
      weights[48 + place(k, 0, 0)] = 9;
      weights[96 + place(k, k, 2)] = 9;
    }
    const scores = builder.add(
      'FULLY_CONNECTED',
      [input, builder.constant('w', [3, 48], weights, 'float32')],
      {},
      { origin: 'd' },
    );
    const right = (label: number, y: number, x: number, c: number): number =>
      Number([c === 0 && y === 0, c === 0 && x === 0, c === 2 && x === y][label]);
    return {
      graph: builder.finish([builder.add('SOFTMAX', [scores], { beta: 1 }, { origin: 's' })]),
      task: classes,
      sample: (row) => {
        const picture = new Float32Array(48);
        for (let y = 0; y < 4; y++)
          for (let x = 0; x < 4; x++)
            for (let c = 0; c < 3; c++)
              picture[at(y, x, c)] = 0.6 * right(row % 3, y, x, c) + 0.2 * (1 + irregular(row * 48 + place(y, x, c)));
        return { inputs: [picture], label: row % 3 };
      },
    };
  }

  it('are tried with channels and with rows and columns exchanged', async () => {
    expect(await tried(pictures((y, x, c) => (y * 4 + x) * 3 + c))).toBeUndefined();
    const bgr = pictures((y, x, c) => (y * 4 + x) * 3 + 2 - c);
    expect(await tried(bgr)).toMatchObject({ next: 'add --preprocess channels=bgr', after: 1 });
    const { trial } = await measured(bgr, {}, rows, [{ name: 'x', min: 0, max: 1, mean: 0 }]);
    expect(trial!.next).toMatch(
      /^add --preprocess channels=bgr, if it is so in the calibration data as well: otherwise/,
    );
    expect((await tried(bgr, { channels: 'bgr', divideBy: 2 }))!.next).toBe('leave out --preprocess channels=bgr');
    const transposed = pictures((y, x, c) => (x * 4 + y) * 3 + c);
    expect(await tried(transposed)).toMatchObject({
      next: expect.stringContaining('x.transpose(0, 2, 1, 3)'),
      after: 1,
    });
  });
});

it.each<readonly [number, number, RegExp]>([
  [0, 255, /here 0 to 255\).*divideBy=255/],
  [0, 0.0039, /here 0 to 0\.0039\).*divided by 255 twice.*scale=255/],
  [0, 1, /here 0 to 1\).*scale=255; if -1 to 1, .*mean=0\.5/],
  [-1, 1, /here -1 to 1\).*scale=0\.5/],
])(
  'on few samples from %d to %d the causes are guessed at, with the figures; on more they were tried',
  (min, max, says) => {
    const advice = (samples: number, isOfOtherScale = false): string => {
      const comparator = new OutputComparator('y', classes);
      for (let i = 0; i < samples; i++) {
        const given = samples < 16 ? 0 : (i >> 1) % 3;
        const output = [0, 1, 2].map((at) => Number(at === given));
        comparator.add(output, output, { label: 1 + (i % 2) });
      }
      const inputs = [{ name: 'x', min, max, mean: 0 }];
      return floatWarning(comparator.result, { namesGiven: false, inputs, isOfOtherScale })!.next;
    };
    expect(advice(12)).toMatch(says);
    expect(advice(40)).toMatch(/here \S+ to \S+\) prepared as in training$/);
    // Declared preprocessing would act on calibration data that is right, too.
    expect(advice(12, true)).toMatch(/prepared as in training: they are on another scale .* see EVALUATION_RANGE$/);
  },
);
