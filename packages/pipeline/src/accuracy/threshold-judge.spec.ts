// Decisions at the very threshold: what lies on it is a no, for both models and for what is counted right.
import { thresholdJudge } from './threshold-judge.js';

it('ranks scores from all over the data, and not of its beginning alone', () => {
  const [many, few] = [70_000, 3_000];
  for (const single of [true, false]) {
    const judge = thresholdJudge(0.5, single);
    // Sorted: all of one label, then all of the other.
    for (let i = 0; i < many + few; i++) {
      const label = i < many ? 0 : 1;
      judge.add([label + (i % 7) / 10], [label], { target: [label] });
    }
    const { floatAuc, floatRank } = judge.result().threshold!;
    expect(single ? floatAuc : floatRank).toBe(1);
  }
});

it('takes a half for a no', () => {
  const judge = thresholdJudge(0.5, true);
  judge.add([0.5], [0.5 + 1e-6], { label: 0 });
  judge.add([0.5], [0.5], { label: 1 });
  const { threshold, confusion } = judge.result();
  expect(threshold).toMatchObject({ decisions: 2, agree: 1, labelled: 2, floatRight: 1, quantizedRight: 0 });
  expect(confusion!.counts).toEqual([1, 0, 1, 0]);
});
