// Where a training looks at outputs, and what it takes for the truth there.
import { GraphBuilder, type Graph, type TensorId } from '@wherry/graph';
import type { OutputTask } from '../accuracy/output-task.js';
import { areLogits, headsOf, truthOf } from './heads.js';

function graphOf(size: number, end: (builder: GraphBuilder, scores: TensorId) => TensorId): Graph {
  const builder = new GraphBuilder('heads');
  const input = builder.input('input', [1, 3], 'float32');
  const weights = builder.constant('w', [size, 3], new Float32Array(3 * size).fill(1), 'float32');
  const bias = builder.constant('b', [size], new Float32Array(size), 'float32');
  const scores = builder.add('FULLY_CONNECTED', [input, weights, bias], {}, { origin: 'dense' });
  return builder.finish([end(builder, scores)]);
}
const reshaped = (builder: GraphBuilder, scores: TensorId): TensorId =>
  builder.add('RESHAPE', [scores], { newShape: [1, 4, 1] }, { origin: 'reshape' });

const classes: OutputTask = { kind: 'classes', classes: 4, labelled: true };

it.each([
  [
    'a softmax',
    (b: GraphBuilder, s: TensorId) => reshaped(b, b.add('SOFTMAX', [s], { beta: 1 }, { origin: 'classes' })),
  ],
  ['linear scores', reshaped],
] as const)('classes of %s that is reshaped are those that it was computed with', (_, end) => {
  const graph = graphOf(4, end);
  const [head] = headsOf(graph, [classes]);
  expect(head).toMatchObject({ kind: 'softmax', classes: 4 });
  expect([...truthOf(graph, head!, classes, { label: 2 })!]).toEqual([0, 0, 1, 0]);
});

describe('labels -1 and 1', () => {
  const single: OutputTask = { kind: 'binary', threshold: 0, labelled: true, reading: 'signs' };
  const several: OutputTask = { kind: 'multi-label', threshold: 0, labelled: true, reading: 'signs' };

  it('are what a linear output is trained towards', () => {
    const linear = graphOf(1, (_, scores) => scores);
    const [head] = headsOf(linear, [single]);
    expect([-1, 1].map((label) => [...truthOf(linear, head!, single, { label })!])).toEqual([[-1], [1]]);
    const wide = graphOf(3, (_, scores) => scores);
    const [wideHead] = headsOf(wide, [several]);
    expect([...truthOf(wide, wideHead!, several, { target: [1, -1, -1] })!]).toEqual([1, -1, -1]);
  });

  it('are no and yes of a sigmoid', () => {
    const graph = graphOf(1, (builder, scores) => builder.add('LOGISTIC', [scores], {}, { origin: 'sigmoid' }));
    const [head] = headsOf(graph, [single]);
    expect(head!.kind).toBe('sigmoid');
    expect([-1, 1].map((label) => [...truthOf(graph, head!, single, { label })!])).toEqual([[0], [1]]);
  });
});

it('places of a map without a class count for nothing, a sample without one is not known', () => {
  const builder = new GraphBuilder('map');
  const map = builder.finish([
    builder.add('SOFTMAX', [builder.input('x', [1, 3, 2], 'float32')], { beta: 1 }, { origin: 'map' }),
  ]);
  const task: OutputTask = { kind: 'classes', classes: 2, labelled: true, reading: 'class-map' };
  const [head] = headsOf(map, [task]);
  expect([...truthOf(map, head!, task, { target: [1, 255, 0] })!]).toEqual([0, 1, 0, 0, 1, 0]);
  const graph = graphOf(4, (_, scores) => scores);
  expect(truthOf(graph, headsOf(graph, [classes])[0]!, classes, { label: 7 })).toBeUndefined();
});

it('linear scores are told from values that were trained towards 0 and 1', () => {
  const labels = [0, 1, 0, 1, 1, 0];
  expect(areLogits([-4, 5, -3, 2, 6, 1], labels)).toBe(true);
  expect(areLogits([0.1, 0.8, 0.3, 1.1, 0.6, 0.4], labels)).toBe(false);
});
