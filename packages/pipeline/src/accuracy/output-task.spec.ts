// What outputs are asked for, by the graph and by what is known of the samples: one decision for every kind of both.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { surveyTruths } from '../inputs/truth-survey.js';
import { tableGraph, type Ending } from '../testing/table-model.js';
import { natureOf, outputTasks, type OutputTask } from './output-task.js';
import type { TruthReading } from './truth-reading.js';

const graphOf = (outputs: number, ending: Ending, inputs = 3): Graph =>
  tableGraph(
    Array.from({ length: outputs }, () => new Array<number>(inputs).fill(1)),
    ending,
  );

async function decided(
  graph: Graph,
  truths: readonly (number | readonly number[])[],
  names?: readonly string[],
  alike?: readonly boolean[],
) {
  const stream = async function* () {
    for (const truth of truths)
      yield typeof truth === 'number' ? { label: truth } : { target: Float32Array.from(truth) };
  };
  const { tasks, misfit } = outputTasks(
    graph,
    await surveyTruths(stream(), names, [natureOf(graph, graph.outputs[0]!).classes]),
    alike,
  );
  return { task: tasks[0]!, says: misfit === undefined ? '' : `${misfit.what}; ${misfit.next}` };
}

const classes = (count: number, labelled = true): OutputTask => ({ kind: 'classes', classes: count, labelled });
const values = (targets = true): OutputTask => ({ kind: 'values', targets });

const bits = [
  [0, 1, 0],
  [1, 0, 0],
];
const softened = bits.map((row) => row.map((bit) => Math.fround(0.05 + 0.85 * bit)));
const signed = (rows: readonly (readonly number[])[]) => rows.map((row) => row.map((bit) => 2 * bit - 1));
const read = (task: OutputTask, reading: TruthReading): OutputTask => ({ ...task, reading }) as OutputTask;

it.each<readonly [string, Ending, number, readonly (number | readonly number[])[], OutputTask]>([
  ['class numbers of a softmax', 'SOFTMAX', 3, [0, 2, 1], classes(3)],
  ['class numbers of linear scores', 'linear', 3, [0, 2, 1], classes(3)],
  ['class numbers of sigmoids', 'LOGISTIC', 3, [0, 2, 1], { ...classes(3), independent: true } as OutputTask],
  ['yes and no of a sigmoid', 'LOGISTIC', 1, [0, 1, 1], { kind: 'binary', threshold: 0.5, labelled: true }],
  ['yes and no of a linear value', 'linear', 1, [0, 1, 1], { kind: 'binary', threshold: undefined, labelled: true }],
  ['fractions beside a sigmoid', 'LOGISTIC', 1, [0.25, 0.5], values()],
  ['numbers beside a linear value', 'linear', 1, [15, 7, 9], values()],
  [
    'rows of yes and no',
    'LOGISTIC',
    3,
    [
      [1, 0, 1],
      [0, 0, 0],
    ],
    { kind: 'multi-label', threshold: 0.5, labelled: true },
  ],
  ['boxes', 'LOGISTIC', 4, [[0.1, 0.2, 0.5, 0.9]], values()],
  [
    'targets of several linear values',
    'linear',
    2,
    [
      [-3.5, 12],
      [1, 2],
    ],
    values(),
  ],
  [
    'targets of several bounded values',
    'TANH',
    2,
    [
      [-0.5, 1],
      [1, 0.25],
    ],
    values(),
  ],
  ['one-hot rows', 'SOFTMAX', 3, bits, read(classes(3), 'one-hot')],
  ['one-hot rows of linear scores', 'linear', 3, bits, read(classes(3), 'one-hot')],
  ['one-hot rows of signs', 'linear', 3, signed(bits), read(classes(3), 'one-hot')],
  ['one-hot rows of signs beside a softmax', 'SOFTMAX', 3, signed(bits), read(classes(3), 'one-hot')],
  [
    'one-hot rows of yes and no',
    'LOGISTIC',
    1,
    [
      [0, 1],
      [1, 0],
    ],
    read({ kind: 'binary', threshold: 0.5, labelled: true }, 'one-hot'),
  ],
  ['probabilities', 'SOFTMAX', 3, [[0.2, 0.5, 0.3]], read(classes(3), 'soft')],
  ['softened one-hot rows of linear scores', 'linear', 3, softened, read(classes(3), 'soft')],
  ['shares that a regression may estimate', 'linear', 3, [[0.2, 0.5, 0.3]], values()],
  ['targets that sum to no 1', 'linear', 3, [[0.2, 0.5, 0.4]], values()],
  ['signs beside a sigmoid', 'LOGISTIC', 1, [-1, 1], read({ kind: 'binary', threshold: 0.5, labelled: true }, 'signs')],
  [
    'signs beside a linear value',
    'linear',
    1,
    [-1, 1],
    read({ kind: 'binary', threshold: 0, labelled: true }, 'signs'),
  ],
  ['signs beside TANH', 'TANH', 1, [1, -1], read({ kind: 'binary', threshold: 0, labelled: true }, 'signs')],
  ['signs beside two classes', 'SOFTMAX', 2, [1, -1], read(classes(2), 'signs')],
  [
    'rows of signs beside sigmoids',
    'LOGISTIC',
    3,
    [[1, -1, 1], ...signed(bits)],
    read({ kind: 'multi-label', threshold: 0.5, labelled: true }, 'signs'),
  ],
  [
    'rows of signs beside bounded values',
    'TANH',
    3,
    [[1, -1, 1], ...signed(bits)],
    read({ kind: 'multi-label', threshold: 0, labelled: true }, 'signs'),
  ],
  ['nothing, of a softmax', 'SOFTMAX', 3, [], classes(3, false)],
  ['nothing, of a sigmoid', 'LOGISTIC', 1, [], { kind: 'binary', threshold: 0.5, labelled: false }],
  ['nothing, of sigmoids', 'LOGISTIC', 3, [], { kind: 'multi-label', threshold: 0.5, labelled: false }],
  ['nothing, of linear values', 'linear', 3, [], values(false)],
])('takes %s', async (_, ending, outputs, truths, task) => {
  expect(await decided(graphOf(outputs, ending), truths)).toEqual({ task, says: '' });
});

it.each<readonly [string, Ending, number, readonly (number | readonly number[])[], RegExp]>([
  ['no probabilities', 'SOFTMAX', 3, [[0.2, 0.5, 0.6]], /row of 3 probabilities/],
  ['rows of another width', 'linear', 2, [[1.5, 2, 3]], /3 labels or targets .* gives 2 values/],
  [
    'one-hot rows of another width',
    'SOFTMAX',
    3,
    [
      [0, 1],
      [1, 0],
    ],
    /one-hot rows of 2.*argmax/,
  ],
  ['bytes beside sigmoids', 'LOGISTIC', 3, [[0, 255, 255]], /from 0 to 255 .* values from 0 to 1.*y \/ 255/],
  ['signs beside three classes', 'SOFTMAX', 3, [-1, 1], /-1 and 1.*3 classes/],
  ['levels beside one sigmoid less', 'LOGISTIC', 3, [0, 3, 2, 1], /4 levels, 0 to 3.*y\.reshape.*np\.arange\(3\)/],
  ['one number beside several values', 'linear', 3, [0.5, 7], /one number, 0.5 to 7, .*3 values.*np\.repeat/],
  ['1 and 2', 'LOGISTIC', 1, [1, 2], /count from 1.*y - 1/],
  ['a class too many', 'SOFTMAX', 3, [0, 3], /label 3 is no class/],
  ['a negative class', 'linear', 3, [-1, 0], /label -1 is no class/],
  ['fractions', 'SOFTMAX', 3, [0.5, 1], /fractions, 0\.5 to 1/],
  ['few labels of a wide embedding', 'linear', 128, [0, 1, 2], /few of which the labels name/],
])('says why it does not take %s', async (_, ending, outputs, truths, says) => {
  const result = await decided(graphOf(outputs, ending), truths);
  expect(result.says).toMatch(says);
  expect(result.task).toMatchObject(ending === 'linear' ? { targets: false } : { labelled: false });
});

it('an autoencoder has no classes, whatever its samples are called', async () => {
  const { task, says } = await decided(graphOf(16, 'linear', 16), [0, 1]);
  expect([task, says]).toEqual([values(false), expect.stringContaining('autoencoder')]);
  expect((await decided(graphOf(16, 'LOGISTIC', 16), [])).task).toEqual(values(false));
});

it('an output that was seen to be the input again has no classes, however small, and anomalies; one that was not has', async () => {
  const anomaly = [0, 1, 1];
  for (const ending of ['linear', 'LOGISTIC'] as const) {
    const graph = graphOf(4, ending, 4);
    const again = { kind: 'reconstruction', input: 0 } as const;
    const { task, says } = await decided(graph, anomaly, undefined, [true]);
    expect([task, says]).toEqual([{ ...again, labelled: true }, '']);
    const classed = await decided(graph, [0, 3, 2], undefined, [true]);
    expect(classed.task).toEqual({ ...again, labelled: false });
    expect(classed.says).toContain('autoencoder');
    expect((await decided(graph, [0, 3, 2])).task).toMatchObject(classes(4));
    expect((await decided(graphOf(16, ending, 16), [0, 15, 2], undefined, [false])).task).toMatchObject(classes(16));
  }
  expect((await decided(graphOf(16, 'LOGISTIC', 16), [], undefined, [false])).task).toMatchObject({
    kind: 'multi-label',
  });
});

it('one number for each sample belongs to the class head, not to the box beside it', async () => {
  const builder = new GraphBuilder('heads');
  const input = builder.input('x', [1, 4], 'float32');
  const box = builder.add('TANH', [input], {}, { origin: 'box' });
  const other = builder.add('LOGISTIC', [input], {}, { origin: 'flags' });
  const scores = builder.add('SOFTMAX', [input], { beta: 1 }, { origin: 'class' });
  const survey = await surveyTruths(
    (async function* () {
      for (const label of [0, 3, 1]) yield { label };
    })(),
    undefined,
  );
  const kinds = (order: readonly number[]) =>
    outputTasks(builder.finish([...order]), survey).tasks.map((task) => [
      task.kind,
      'labelled' in task && task.labelled,
    ]);
  expect(kinds([box, other, scores])).toEqual([
    ['values', false],
    ['multi-label', false],
    ['classes', true],
  ]);
});

it('names count as many classes as there are', async () => {
  expect((await decided(graphOf(1, 'LOGISTIC'), [0, 1], ['no', 'yes'])).task).toMatchObject({ labelled: true });
  expect((await decided(graphOf(3, 'SOFTMAX'), [0, 1], ['a', 'b'])).says).toMatch(
    /2 classes \(a, b\) and the model 3.*--labels/,
  );
  expect((await decided(graphOf(2, 'SOFTMAX'), [0, 1], ['a', 'b', 'c'])).says).toMatch(
    /3 classes \(a, b, c\) and the model 2/,
  );
});

it('sees through reshapes, and takes no label for a map of decisions', async () => {
  const builder = new GraphBuilder('map');
  const input = builder.input('x', [1, 4, 2], 'float32');
  const scores = builder.add('SOFTMAX', [input], { beta: 1 }, { origin: 's' });
  const shape = builder.constant('shape', [2], Int32Array.of(1, 8), 'int32');
  const graph = builder.finish([builder.add('RESHAPE', [scores, shape], {}, { origin: 'r' })]);
  expect(natureOf(graph, graph.outputs[0]!)).toMatchObject({ scores: 'rows', classes: 2, elements: 8 });
  const { task, says } = await decided(graph, [0, 1]);
  expect(task).toEqual(classes(2, false));
  expect(says).toMatch(/many decisions for each sample/);
});

describe('a map of decisions', () => {
  const map = (ending: 'SOFTMAX' | 'linear' | 'LOGISTIC', places = 3): Graph => {
    const builder = new GraphBuilder('map');
    const input = builder.input('x', [1, places, 2], 'float32');
    const attributes = ending === 'SOFTMAX' ? { beta: 1 } : {};
    return builder.finish([builder.add(ending === 'linear' ? 'RELU' : ending, [input], attributes, { origin: 's' })]);
  };
  const numbers = [
    [0, 1, 1],
    [1, 0, 0],
  ];
  const rowsOf = (low: number, high: number) =>
    numbers.map((row) => row.flatMap((label) => (label === 0 ? [high, low] : [low, high])));

  it.each<readonly [string, 'SOFTMAX' | 'linear', readonly (readonly number[])[], TruthReading]>([
    ['class numbers', 'SOFTMAX', numbers, 'class-map'],
    ['class numbers of linear scores', 'linear', numbers, 'class-map'],
    ['class numbers and 255 for none', 'SOFTMAX', [...numbers, [255, 0, 1]], 'class-map'],
    ['one-hot rows', 'SOFTMAX', rowsOf(0, 1), 'one-hot-map'],
    ['one-hot rows of linear scores', 'linear', rowsOf(0, 1), 'one-hot-map'],
    ['softened rows', 'SOFTMAX', rowsOf(0.05, 0.95), 'soft-map'],
    ['shares', 'SOFTMAX', [[0.2, 0.8, 0.7, 0.3, 0.4, 0.6]], 'soft-map'],
  ])('takes %s', async (_, ending, truths, reading) => {
    const result = await decided(map(ending), truths, undefined, [false]);
    expect(result).toEqual({ task: read(classes(2), reading), says: '' });
  });

  it.each<readonly [string, readonly (readonly number[])[], RegExp]>([
    ['another size', [[0, 1]], /2 labels for each sample .* 3 places.*each of the 3 places/],
    ['numbers from 1', [[1, 2, 2]], /count from 1.*y - 1/],
    ['no and yes as 0 and 255', [[0, 255, 255]], /are 0 and 255 .*y \/\/ 255/],
    ['a class too many', [[0, 1, 2]], /label 2 is no class/],
    ['fractions', [[0, 0.5, 1]], /fractions/],
    ['classes first', [[1, 1, 0, 0, 0, 1]], /no shares of 2 classes along the last.*axis=1/],
  ])('says why it does not take %s', async (_, truths, says) => {
    const { task, says: said } = await decided(map('SOFTMAX'), truths);
    expect(task).toEqual(classes(2, false));
    expect(said).toMatch(says);
  });

  it('is none where the output is the input again, whatever is marked on it', async () => {
    const { task } = await decided(map('linear'), numbers, undefined, [true]);
    expect(task).toEqual({ kind: 'reconstruction', input: 0, labelled: false });
  });
});
