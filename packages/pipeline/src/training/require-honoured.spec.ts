// What is asked of a training and would do nothing, or leave the truth behind.
import { GraphBuilder, type DataType, type Graph } from '@wherry/graph';
import { trainingDefaults, type TrainingSettings } from '@wherry/trainer/training-settings';
import type { OutputTask } from '../accuracy/output-task.js';
import { requireHonouredTraining } from './require-honoured.js';
import type { OpenHead } from './heads.js';

const classes: OutputTask = { kind: 'classes', classes: 4, labelled: true };
const again: OutputTask = { kind: 'reconstruction', input: 0, labelled: false };

function graphOf(shape: readonly number[], dtype: DataType = 'float32'): Graph {
  const builder = new GraphBuilder('one');
  const input = builder.input('x', shape, dtype);
  return builder.finish([
    dtype === 'float32'
      ? builder.add('RELU', [input], {}, { origin: 'relu' })
      : builder.add('DEQUANTIZE', [input], {}, { origin: 'real' }),
  ]);
}

interface Truth {
  readonly task?: OutputTask;
  readonly known?: boolean;
  readonly kind?: OpenHead['kind'];
}

function required(
  graph: Graph,
  settings: Partial<TrainingSettings>,
  { task = classes, known = true, kind = 'softmax' }: Truth = {},
): () => void {
  const head = { id: graph.outputs[0]!, kind, classes: 4 };
  return () =>
    requireHonouredTraining({
      graph,
      tasks: [task],
      heads: [head],
      known: [known],
      settings: { ...trainingDefaults, ...settings },
    });
}
const picture = graphOf([1, 8, 8, 4]);
const row = graphOf([1, 4]);

it.each([
  ['flip of a row', row, { augmentation: { flip: true } }],
  ['shift of a single dimension', graphOf([4]), { augmentation: { shift: 1 } }],
] as const)('%s would change nothing', (_, graph, settings) => {
  expect(required(graph, settings)).toThrow(/SETTING_UNUSED.*--augment/s);
});

it.each([
  ['flip of a map', picture, { augmentation: { flip: true } }, classes],
  ['shift of a map', picture, { augmentation: { shift: 1 } }, classes],
  ['gain of what is given again', row, { augmentation: { gain: 0.1 } }, again],
] as const)('%s would leave the truth behind', (_, graph, settings, task) => {
  expect(required(graph, { ...settings, loss: 'labels' }, { task })).toThrow(/ARGUMENTS_INVALID.*--augment/s);
  expect(required(graph, { ...settings, loss: 'both' }, { task })).toThrow(/ARGUMENTS_INVALID/);
  expect(required(graph, settings, { task })).not.toThrow();
  expect(required(graph, { ...settings, loss: 'labels' }, { task, known: false })).not.toThrow();
});

it('what leaves the truth as it is goes on', () => {
  expect(required(row, { augmentation: { noise: 0.1 }, loss: 'labels' }, { task: again })).not.toThrow();
  expect(required(row, { augmentation: { gain: 0.1, shift: 1 }, loss: 'labels' })).not.toThrow();
});

it('a temperature of scores that are not followed decides nothing', () => {
  expect(required(row, { temperature: 4 })).not.toThrow();
  expect(required(row, { temperature: 4, loss: 'both' })).not.toThrow();
  expect(required(row, { temperature: 4, loss: 'labels' })).toThrow(/SETTING_UNUSED.*--temperature/s);
  expect(required(row, { temperature: 4, loss: 'labels' }, { known: false })).not.toThrow();
  expect(required(row, { temperature: 4 }, { kind: 'sigmoid' })).toThrow(/SETTING_UNUSED/);
  expect(required(row, { loss: 'labels' })).not.toThrow();
});
