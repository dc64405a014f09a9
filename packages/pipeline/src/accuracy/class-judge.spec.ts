// The five greatest of many classes, counted by sorting; and what a fault that is planted does to the verdict.
import { OutputComparator } from './output-comparison.js';
import type { OutputTask } from './output-task.js';

const classes = 12;
const task: OutputTask = { kind: 'classes', classes, labelled: true };

/** The same numbers on every run, in steps so that some are equal. */
const scoresOf = (sample: number, shift = 0): number[] =>
  Array.from({ length: classes }, (_, i) => Math.round(8 * Math.sin(1 + sample * 12.9898 + i * 78.233 + shift)));

/** Positions of the five greatest; sort is stable, so that of equals the first comes first. */
const five = (scores: readonly number[]): number[] =>
  scores
    .map((_, i) => i)
    .sort((a, b) => scores[b]! - scores[a]!)
    .slice(0, 5);

it('takes the first of equals into the five greatest', () => {
  const comparator = new OutputComparator('y', task);
  const counts = { agree: 0, floatRight: 0, quantizedRight: 0 };
  for (let sample = 0; sample < 60; sample++) {
    const [float, quantized, label] = [scoresOf(sample), scoresOf(sample, 1.3), sample % classes];
    comparator.add(float, quantized, { label });
    if (five(quantized).includes(five(float)[0]!)) counts.agree += 1;
    if (five(float).includes(label)) counts.floatRight += 1;
    if (five(quantized).includes(label)) counts.quantizedRight += 1;
  }
  expect(comparator.result.topK).toMatchObject({ k: 5, decisions: 60, labelled: 60, ...counts });
  expect(counts.floatRight).not.toBe(counts.quantizedRight);
  expect(counts.agree).toBeLessThan(60);
});

it('gives no five of fewer than ten classes', () => {
  const of = (count: number) => {
    const comparator = new OutputComparator('y', { ...task, classes: count });
    comparator.add(scoresOf(0).slice(0, count), scoresOf(0).slice(0, count), { label: 1 });
    return comparator.result;
  };
  expect(of(9)).not.toHaveProperty('topK');
  expect(of(10).topK).toMatchObject({ k: 5, decisions: 1 });
});

/** Right in nine of ten samples; `change` is made to the scores of the second model. */
function verdictOf(change: (scores: number[], sample: number) => number[], samples = 200) {
  const comparator = new OutputComparator('y', task);
  for (let sample = 0; sample < samples; sample++) {
    const label = sample % classes;
    const right = Array.from({ length: classes }, (_, i) =>
      i === (sample % 10 === 0 ? (label + 1) % classes : label) ? 5 : i / 100,
    );
    comparator.add(right, change([...right], sample), { label });
  }
  return comparator.result.top1!.chance!.difference!;
}

it('sees two exchanged classes beyond chance, and one sample of 200 within it', () => {
  const exchanged = (scores: number[]): number[] => {
    [scores[3], scores[7]] = [scores[7]!, scores[3]!];
    return scores;
  };
  expect(verdictOf(exchanged)).toMatchObject({ verdict: 'loss' });
  expect(verdictOf(exchanged).high).toBeLessThan(-0.05);
  const one = verdictOf((scores, sample) => (sample === 101 ? scores.reverse() : scores));
  expect(one).toMatchObject({ value: -1 / 200, verdict: 'within chance' });
  expect(verdictOf((scores) => scores)).toMatchObject({ value: 0, verdict: 'within chance' });
});
