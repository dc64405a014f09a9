// Losses against their formulas, worked out one by one, and that none of them overflows.
import * as tf from '@tensorflow/tfjs-core';
import { distillationLoss, truthLoss, type Head } from './losses.js';
import { plainBackend } from './testing/plain-backend.js';

beforeAll(plainBackend);

const head = (kind: Head['kind']): Head => ({ id: 0, kind, classes: 3, power: 2 });
const read = (loss: tf.Tensor): number => loss.arraySync() as number;
const softmax = (scores: readonly number[], temperature: number): number[] => {
  const powers = scores.map((score) => Math.exp(score / temperature));
  return powers.map((power) => power / powers.reduce((sum, each) => sum + each, 0));
};

const ours = [1, -2, 0.5];
const theirs = [2, -1, 0];

describe('distillationLoss', () => {
  it('of scores is the divergence of softened shares, 0 where both are the same', () => {
    const [p, q] = [softmax(theirs, 2), softmax(ours, 2)];
    const expected = 4 * p.reduce((sum, share, i) => sum + share * Math.log(share / q[i]!), 0);
    const loss = distillationLoss(tf, head('softmax'), tf.tensor2d([ours]), tf.tensor2d([theirs]), { temperature: 2 });
    expect(read(loss)).toBeCloseTo(expected, 5);
    const none = distillationLoss(tf, head('softmax'), tf.tensor2d([ours]), tf.tensor2d([ours]), { temperature: 2 });
    expect(read(none)).toBeCloseTo(0, 6);
  });

  it('of values is the mean square by their power', () => {
    const loss = distillationLoss(tf, head('values'), tf.tensor2d([ours]), tf.tensor2d([theirs]), { temperature: 1 });
    expect(read(loss)).toBeCloseTo((1 + 1 + 0.25) / 3 / 2, 5);
  });
});

describe('truthLoss', () => {
  it('of scores is the cross-entropy', () => {
    const loss = truthLoss(
      tf,
      head('softmax'),
      tf.tensor2d([ours, theirs]),
      tf.tensor2d([
        [0, 0, 1],
        [1, 0, 0],
      ]),
    );
    const expected = -(Math.log(softmax(ours, 1)[2]!) + Math.log(softmax(theirs, 1)[0]!)) / 2;
    expect(read(loss)).toBeCloseTo(expected, 5);
  });

  it('of decisions on their own is the binary cross-entropy', () => {
    const loss = truthLoss(tf, head('sigmoid'), tf.tensor2d([[0.3, -2]]), tf.tensor2d([[1, 0]]));
    const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score));
    expect(read(loss)).toBeCloseTo(-(Math.log(sigmoid(0.3)) + Math.log(1 - sigmoid(-2))) / 2, 5);
  });

  it.each(['softmax', 'sigmoid', 'values'] as const)('of %s stays finite at scores beyond reason', (kind) => {
    const far = tf.tensor2d([[1e4, -1e4, 0]]);
    const truth = tf.tensor2d([[0, 1, 0]]);
    const [gradient] = tf.grads((scores) => truthLoss(tf, head(kind), scores, truth))([far]);
    expect(Number.isFinite(read(truthLoss(tf, head(kind), far, truth)))).toBe(true);
    expect((gradient!.arraySync() as number[][]).flat().every(Number.isFinite)).toBe(true);
  });
});
