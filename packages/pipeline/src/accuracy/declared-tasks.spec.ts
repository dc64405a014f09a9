// What users declare of an output wins over what the graph tells, and is refused where the output cannot be that.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { surveyTruths } from '../inputs/truth-survey.js';
import { irregular, tableGraph } from '../testing/table-model.js';
import { declaredTasks } from './declared-tasks.js';
import { outputTasks, type OutputTask } from './output-task.js';

const rows = (outputs: number, inputs = 4) =>
  Array.from({ length: outputs }, (_, i) => Array.from({ length: inputs }, (_, j) => irregular(i * inputs + j)));

type Truth = number | readonly number[];

async function taskOf(graph: Graph, word: string, truths: readonly Truth[] = []): Promise<OutputTask> {
  const known = async function* () {
    for (const truth of truths)
      yield typeof truth === 'number' ? { label: truth } : { target: Float32Array.from(truth) };
  };
  const survey = await surveyTruths(known(), undefined, [graph.outputs.length]);
  return outputTasks(graph, survey, [], declaredTasks([word], graph)).tasks[0]!;
}

const [linear, sigmoids, again, one] = [
  tableGraph(rows(3), 'linear'),
  tableGraph(rows(3), 'LOGISTIC'),
  tableGraph(rows(4), 'linear'),
  tableGraph(rows(1), 'linear'),
];

it.each<readonly [string, Graph, string, readonly Truth[], OutputTask]>([
  ['scores without a softmax', linear, 'classes', [], { kind: 'classes', classes: 3, labelled: false }],
  ['scores with labels', linear, 'classes', [0, 2, 1], { kind: 'classes', classes: 3, labelled: true }],
  [
    'sigmoids of which one is meant',
    sigmoids,
    'classes',
    [0, 2],
    { kind: 'classes', classes: 3, labelled: true, independent: true },
  ],
  ['scores of as many classes as inputs', again, 'classes', [], { kind: 'classes', classes: 4, labelled: false }],
  ['sigmoids', sigmoids, 'multi-label', [[0, 1, 1]], { kind: 'multi-label', threshold: 0.5, labelled: true }],
  ['sigmoids that are values', sigmoids, 'values', [], { kind: 'values', targets: false }],
  ['values with targets', linear, 'values', [[3, 4, 5]], { kind: 'values', targets: true }],
  ['values whose labels are classes', linear, 'values', [0, 1, 2], { kind: 'values', targets: false }],
  ['a linear value', one, 'binary', [0, 1], { kind: 'binary', threshold: undefined, labelled: true }],
  ['a value with fractions', one, 'binary', [0.5, 3], { kind: 'binary', threshold: undefined, labelled: false }],
  ['the input again', again, 'reconstruction', [0, 1], { kind: 'reconstruction', input: 0, labelled: true }],
  [
    'the input again, of classes',
    again,
    'reconstruction',
    [0, 3],
    { kind: 'reconstruction', input: 0, labelled: false },
  ],
  [
    'the input again, with signs',
    again,
    'reconstruction',
    [-1, 1],
    { kind: 'reconstruction', input: 0, labelled: true, reading: 'signs' },
  ],
  ['a vector', linear, 'embedding', [], { kind: 'embedding', labelled: false }],
  ['a vector with more labels than values', linear, 'embedding', [0, 17], { kind: 'embedding', labelled: true }],
  ['by its number', linear, '0=embedding', [], { kind: 'embedding', labelled: false }],
])('%s', async (_, graph, word, truths, task) => {
  expect(await taskOf(graph, word, truths)).toEqual(task);
});

it.each<readonly [string, Graph, string, RegExp]>([
  ['one value as classes', one, 'classes', /has 1 value along its last dimension.*next {2}declare binary or values/s],
  [
    'several values as yes or no',
    linear,
    'binary',
    /has 3 values, and yes or no is one.*declare classes or multi-label/s,
  ],
  ['linear values as yes and no', linear, 'multi-label', /ends in no sigmoid.*declare classes, binary or values/s],
  ['values that no input has', linear, 'reconstruction', /has 3 values, as many as no input.*declare values/s],
  ['one value as a vector', one, 'embedding', /has 1 value, which has no direction.*declare binary or values/s],
  ['no task', linear, 'clustering', /names no task.*NAME of classes, binary, .* embedding/s],
  ['no output', linear, 'y=values', /has no output y.*choose from --task .*=values/s],
  ['a number of no output', linear, '1=values', /has no output 1/],
])('refuses %s', (_, graph, word, says) => {
  expect(() => declaredTasks([word], graph)).toThrow(says);
  expect(() => declaredTasks([word], graph)).toThrow(/TASK_IMPOSSIBLE/);
});

it('asks which of several outputs is meant, and lets each have one task', async () => {
  const builder = new GraphBuilder('two');
  const input = builder.input('x', [1, 3], 'float32');
  const first = builder.add('TANH', [input], {}, { origin: 'a' });
  const graph = builder.finish([builder.add('SOFTMAX', [input], { beta: 1 }, { origin: 'c' }), first]);
  const names = graph.outputs.map((id) => graph.tensors[id]!.name);
  let advice = '';
  try {
    declaredTasks(['embedding'], graph);
  } catch (error) {
    advice = (error as Error).message;
  }
  expect(advice).toContain('the model has 2 outputs');
  // As it says.
  const [word] = /--task (\S+=embedding)$/m.exec(advice)!.slice(1);
  expect([...declaredTasks([word!], graph)]).toEqual([[1, 'embedding']]);
  expect(() => declaredTasks([word!, `${names[1]}=values`], graph)).toThrow(/is given two tasks/);
  const both = declaredTasks([`${names[0]}=values`, `${names[1]}=reconstruction`], graph);
  const survey = await surveyTruths((async function* () {})(), undefined);
  expect(outputTasks(graph, survey, [], both).tasks.map(({ kind }) => kind)).toEqual(['values', 'reconstruction']);
});
