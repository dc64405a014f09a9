// One class, many classes, and outputs that are no classes.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { varietyOf } from './variety.js';

const classifier = (kind: 'SOFTMAX' | 'LOGISTIC' | 'TANH', classes: number): Graph => {
  const builder = new GraphBuilder('scores');
  const input = builder.input('x', [1, classes], 'float32');
  return builder.finish([builder.add(kind, [input], kind === 'SOFTMAX' ? { beta: 1 } : {}, { origin: 's' })]);
};

/** Samples whose float scores pick these classes. */
const deciding = (classes: number, ...picks: readonly number[]) =>
  picks.map((pick, block) => ({
    inputs: [],
    expected: [Float32Array.from({ length: classes }, (_, c) => (c === pick ? 5 : 0))],
    block,
  }));
const repeated = (count: number, pickOf: (i: number) => number) => Array.from({ length: count }, (_, i) => pickOf(i));

it('is 0 of one class and 1 of all of them', () => {
  expect(varietyOf(classifier('SOFTMAX', 10), deciding(10, ...repeated(48, () => 3)))).toBe(0);
  expect(varietyOf(classifier('SOFTMAX', 10), deciding(10, ...repeated(48, (i) => i % 10)))).toBe(1);
  const two = varietyOf(classifier('SOFTMAX', 10), deciding(10, ...repeated(48, (i) => i % 2)));
  expect(two).toBeGreaterThan(0.1);
  expect(two).toBeLessThan(0.3);
});

it('asks of few samples no more than they can hold', () => {
  expect(varietyOf(classifier('SOFTMAX', 1000), deciding(1000, ...repeated(10, (i) => 7 * i)))).toBe(1);
});

it('looks at which side of the threshold a single score lies on', () => {
  const of = (...logits: readonly number[]) =>
    varietyOf(
      classifier('LOGISTIC', 1),
      logits.map((logit, block) => ({ inputs: [], expected: [Float32Array.of(logit)], block })),
    );
  expect(of(1, 2, 3, 4)).toBe(0);
  expect(of(1, -2, 3, -4)).toBe(1);
});

it('is 1 where there are no classes', () => {
  expect(varietyOf(classifier('TANH', 4), deciding(4, 1, 1, 1, 1))).toBe(1);
});
