// What a model makes no number of is never near, right or first, in no task and in no figure.
import { findProfile } from '@wherry/profiles';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { OutputFigureSums } from '../measure/output-figures.js';
import { RecordedNoise } from '../attribution/recorded-noise.js';
import { decisionWitness } from '../evidence/decision-witness.js';
import { hasLoss } from '../evaluate/has-loss.js';
import { accuracyGate } from './accuracy-gate.js';
import { accuracyWarnings } from './accuracy-warnings.js';
import { OutputComparator, type OutputComparison, type SampleTruth } from './output-comparison.js';
import type { OutputTask } from './output-task.js';

const scores = (first: number): number[] => [first, ...Array.from({ length: 11 }, (_, i) => i / 100)];

/** Twice the same: a model that gives a number, and then none. */
function alike(task: OutputTask, given: readonly (readonly number[])[], truth: SampleTruth): OutputComparison {
  const comparator = new OutputComparator('y', task);
  for (const values of given) comparator.add(values, values, truth);
  return comparator.result;
}

it('counts what is not a number on both sides, and says where', () => {
  const found = alike({ kind: 'values', targets: false }, [[1], [NaN], [Infinity]], {});
  expect(found).toMatchObject({ notFinite: 2, notFiniteIn: { float: 2, quantized: 2, firstSample: 1 } });
  expect(found.sqnrDb).toBe(-Infinity);
});

it('takes it for no class, and for none of the first five', () => {
  const task: OutputTask = { kind: 'classes', classes: 12, labelled: true };
  const { top1, topK, confusion } = alike(task, [scores(1), scores(NaN)], { label: 0 });
  const half = { decisions: 2, agree: 1, labelled: 2, floatRight: 1, quantizedRight: 1 };
  expect(top1).toMatchObject(half);
  expect(topK).toMatchObject(half);
  expect(confusion!.counts.reduce((sum, count) => sum + count)).toBe(1);
  const seen = decisionWitness(task)!;
  seen.add(0, scores(NaN), scores(NaN), { label: 0, inputs: [] });
  expect(seen.result()).toBeUndefined();
});

it('takes it for neither yes nor no, and ranks nothing by it', () => {
  const task: OutputTask = { kind: 'binary', threshold: 0.5, labelled: true };
  const comparator = new OutputComparator('y', task);
  [[0.9], [NaN], [0.1]].forEach((values, i) => comparator.add(values, values, { label: i === 0 ? 1 : 0 }));
  const { threshold, confusion } = comparator.result;
  expect(threshold).toMatchObject({ decisions: 3, agree: 2, labelled: 3, floatRight: 2, quantizedRight: 2 });
  expect(threshold).not.toHaveProperty('floatAuc');
  expect(confusion!.counts).toEqual([1, 0, 0, 1]);
});

it('gives no mean over it', () => {
  const truths: readonly (readonly [OutputTask, SampleTruth, string])[] = [
    [{ kind: 'values', targets: true }, { target: [1, 1] }, 'targets'],
    [{ kind: 'reconstruction', input: 0, labelled: false }, { inputs: [Float32Array.of(1, 1)] }, 'reconstruction'],
    [{ kind: 'embedding', labelled: true }, { label: 1 }, 'embedding'],
  ];
  for (const [task, truth, figure] of truths) {
    expect(alike(task, [[1, 1], [1, 1]], truth)).toHaveProperty(figure); // prettier-ignore
    expect(alike(task, [[1, 1], [1, NaN]], truth)).not.toHaveProperty(figure); // prettier-ignore
  }
});

it('is refused for a device and warned of, by its output and first sample', async () => {
  const target = findProfile(await readProfileFolder(), 'esp32');
  const given = alike({ kind: 'classes', classes: 12, labelled: true }, [scores(1), scores(NaN)], { label: 0 });
  const { refusal } = accuracyGate(target, { scheme: 'float32', position: 0 }, [given]);
  const words =
    '1 value infinite or not a number (1 in the float model, 1 in the model for the device; the first in sample 1)';
  expect(refusal!.message).toContain(`ACCURACY_BELOW_LIMIT: ${words}`);
  expect(refusal!.details).toMatchObject({ where: 'output y', next: expect.stringContaining('check sample 1') });
  const context = { scheme: 'float32', namesGiven: false, inputs: [], onCalibrationData: false };
  expect(accuracyWarnings(context, [given]).map(({ code }) => code)).toContain('VALUES_NOT_FINITE');
});

it('is a loss where the other side has a number, and only there', () => {
  const compare = (float: number, quantized: number): boolean => {
    const comparator = new OutputComparator('y', { kind: 'values', targets: false });
    comparator.add([float], [quantized]);
    return hasLoss(comparator.result);
  };
  expect([compare(1, NaN), compare(NaN, 1), compare(NaN, NaN)]).toEqual([true, false, false]);
});

it('is not what a device should give where the host has a number', () => {
  const noise = new RecordedNoise();
  expect([noise.add([NaN], [1], [1]), noise.add([NaN], [NaN], [1])]).toEqual([true, false]);
});

it('has no greatest that a device could have as well', () => {
  const tensors = [{ name: 'y', shape: [1, 2], dtype: 'float32' as const }];
  const sums = new OutputFigureSums({ tensors, inputs: [0], outputs: [0], nodes: [] } as never, 0);
  sums.addReal([NaN, 1], [NaN, 1]);
  sums.addReal([0, 1], [0, 1]);
  expect(sums.figures.acc).toBe(0.5);
});
