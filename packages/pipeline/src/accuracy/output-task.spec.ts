// What outputs are asked for, by the graph and by what is known of the samples: one decision for every kind of both.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { surveyTruths } from '../inputs/truth-survey.js';
import { tableGraph, type Ending } from '../testing/table-model.js';
import { natureOf, outputTasks, type OutputTask } from './output-task.js';

const graphOf = (outputs: number, ending: Ending, inputs = 3): Graph =>
  tableGraph(
    Array.from({ length: outputs }, () => new Array<number>(inputs).fill(1)),
    ending,
  );

async function decided(graph: Graph, truths: readonly (number | readonly number[])[], names?: readonly string[]) {
  const stream = async function* () {
    for (const truth of truths)
      yield typeof truth === 'number' ? { label: truth } : { target: Float32Array.from(truth) };
  };
  const { tasks, misfit } = outputTasks(graph, await surveyTruths(stream(), names));
  return { task: tasks[0]!, says: misfit === undefined ? '' : `${misfit.what}; ${misfit.next}` };
}

const classes = (count: number, labelled = true): OutputTask => ({ kind: 'classes', classes: count, labelled });
const values = (targets = true): OutputTask => ({ kind: 'values', targets });

it.each<readonly [string, Ending, number, readonly (number | readonly number[])[], OutputTask]>([
  ['class numbers of a softmax', 'SOFTMAX', 3, [0, 2, 1], classes(3)],
  ['class numbers of linear scores', 'linear', 3, [0, 2, 1], classes(3)],
  ['class numbers of sigmoids', 'LOGISTIC', 3, [0, 2, 1], classes(3)],
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
  ['nothing, of a softmax', 'SOFTMAX', 3, [], classes(3, false)],
  ['nothing, of a sigmoid', 'LOGISTIC', 1, [], { kind: 'binary', threshold: 0.5, labelled: false }],
  ['nothing, of sigmoids', 'LOGISTIC', 3, [], { kind: 'multi-label', threshold: 0.5, labelled: false }],
  ['nothing, of linear values', 'linear', 3, [], values(false)],
])('takes %s', async (_, ending, outputs, truths, task) => {
  expect(await decided(graphOf(outputs, ending), truths)).toEqual({ task, says: '' });
});

it.each<readonly [string, Ending, number, readonly (number | readonly number[])[], RegExp]>([
  [
    'one-hot rows',
    'SOFTMAX',
    3,
    [
      [0, 1, 0],
      [1, 0, 0],
    ],
    /one-hot rows of 3.*argmax/,
  ],
  [
    'one-hot rows of linear scores',
    'linear',
    3,
    [
      [0, 1, 0],
      [1, 0, 0],
    ],
    /one-hot rows of 3.*argmax/,
  ],
  [
    'one-hot rows of yes and no',
    'LOGISTIC',
    1,
    [
      [0, 1],
      [1, 0],
    ],
    /one-hot rows of 2.*argmax/,
  ],
  ['probabilities', 'SOFTMAX', 3, [[0.2, 0.5, 0.3]], /row of 3 probabilities/],
  ['rows of another width', 'linear', 2, [[1.5, 2, 3]], /3 labels or targets .* gives 2 values/],
  ['signs beside a sigmoid', 'LOGISTIC', 1, [-1, 1], /-1 and 1.*\(y \+ 1\) \/ 2/],
  ['signs beside a linear value', 'linear', 1, [-1, 1, 1], /threshold is not known.*\(y \+ 1\) \/ 2/],
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
