// A single score is decided at a logit of exactly 0, which is where its sigmoid is a half.
import { GraphBuilder } from '@wherry/graph';
import { varietyOf } from './variety.js';

const builder = new GraphBuilder('yes or no');
const graph = builder.finish([builder.add('LOGISTIC', [builder.input('x', [1, 1], 'float32')], {}, { origin: 's' })]);
const of = (...logits: readonly number[]): number =>
  varietyOf(
    graph,
    logits.map((logit, block) => ({ inputs: [], expected: [Float32Array.of(logit)], block })),
  );

it('turns at 0', () => {
  expect(of(0.1, -0.1, 0.2, -0.2)).toBe(1);
  expect(of(0.1, 0.2, 0.3, 0.6)).toBe(0);
  expect(of(-0.1, -0.2, -0.3, -0.6)).toBe(0);
  // A probability of exactly a half is a no.
  expect(of(0, -1, 0, -1)).toBe(0);
});
