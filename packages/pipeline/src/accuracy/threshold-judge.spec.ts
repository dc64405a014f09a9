// Decisions at the very threshold: what lies on it is a no, for both models and for what is counted right.
import { thresholdJudge } from './threshold-judge.js';

it('takes a half for a no', () => {
  const judge = thresholdJudge(0.5, true);
  judge.add([0.5], [0.5 + 1e-6], { label: 0 });
  judge.add([0.5], [0.5], { label: 1 });
  const { threshold, confusion } = judge.result();
  expect(threshold).toMatchObject({ decisions: 2, agree: 1, labelled: 2, floatRight: 1, quantizedRight: 0 });
  expect(confusion!.counts).toEqual([1, 0, 1, 0]);
});
