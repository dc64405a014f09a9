// What is counted of decisions, and which samples are kept.
import type { OutputTask } from '../accuracy/output-task.js';
import { OutputComparator } from '../accuracy/output-comparison.js';
import { decisionWitness } from './decision-witness.js';

const classes: OutputTask = { kind: 'classes', classes: 3, labelled: true };
/** [float, quantized, label] */
type Row = readonly [readonly number[], readonly number[], number | undefined];
const rows: readonly Row[] = [
  [[0, 1, 0], [0, 1, 0], 1],
  [[0.6, 0.5, 0], [0.4, 0.5, 0], 0],
  [[0, 0, 1], [1, 0, 0], 2],
  [[0, 0, 1], [0, 0, 1], undefined],
];

function seen(task: OutputTask, given: readonly Row[]) {
  const witness = decisionWitness(task);
  const comparator = new OutputComparator('y', task);
  given.forEach(([float, quantized, label], place) => {
    witness?.add(place, float, quantized, { id: `record ${10 * place}`, label, inputs: [Float32Array.of(place)] });
    comparator.add(float, quantized, { label });
  });
  const { top1, threshold } = comparator.result;
  return { evidence: witness?.result(), judged: top1 ?? threshold };
}

it('counts the decisions of the quantized model by label, and agrees with the judge', () => {
  const { evidence, judged } = seen(classes, rows);
  expect(evidence).toMatchObject({ classes: 3, byLabel: true, counts: [0, 1, 0, 0, 1, 0, 1, 0, 0], flipped: 2 });
  expect(evidence!.flipped).toBe(judged!.decisions - judged!.agree);
  const right = [0, 1, 2].reduce((sum, i) => sum + evidence!.counts[i * 4]!, 0);
  expect([right, evidence!.counts.reduce((a, b) => a + b)]).toEqual([judged!.quantizedRight, judged!.labelled]);
  expect(evidence!.flips).toEqual([
    {
      id: 'record 10',
      place: 1,
      label: 0,
      float: { class: 0, score: 0.6 },
      quantized: { class: 1, score: 0.5 },
      inputs: [Float32Array.of(1)],
    },
    {
      id: 'record 20',
      place: 2,
      label: 2,
      float: { class: 2, score: 1 },
      quantized: { class: 0, score: 1 },
      inputs: [Float32Array.of(2)],
    },
  ]);
});

it('counts them by what the float model decides where there are no labels', () => {
  const { evidence } = seen({ kind: 'classes', classes: 3, labelled: false }, rows);
  expect(evidence).toMatchObject({ byLabel: false, counts: [0, 1, 0, 0, 1, 0, 1, 0, 1], flipped: 2 });
});

it('takes a shared greatest of independent scores for no decision, as the judge does', () => {
  const { evidence, judged } = seen({ ...classes, independent: true }, [...rows, [[1, 1, 0], [0, 1, 0], 0]]);
  expect(judged).toMatchObject({ tied: 1, decisions: 4 });
  expect(evidence!.flipped).toBe(judged!.decisions - judged!.agree);
});

it('decides by a threshold, as the judge does', () => {
  const task: OutputTask = { kind: 'binary', threshold: 0.5, labelled: true };
  const { evidence, judged } = seen(task, [
    [[0.5], [0.6], 0],
    [[0.7], [0.9], 1],
  ]);
  expect(evidence).toMatchObject({ classes: 2, counts: [0, 1, 0, 1], flipped: 1 });
  expect(evidence!.flipped).toBe(judged!.decisions - judged!.agree);
});

it('keeps no more samples than people look at, and counts all', () => {
  const many = Array.from({ length: 40 }, (): Row => [[1, 0, 0], [0, 1, 0], 0]);
  const { evidence } = seen(classes, many);
  expect([evidence!.flipped, evidence!.flips.length, evidence!.flips.at(-1)!.place]).toEqual([40, 24, 23]);
});

it('says nothing of what makes no single decision of a sample', () => {
  expect(decisionWitness({ kind: 'values', targets: false })).toBeUndefined();
  expect(decisionWitness({ kind: 'binary', threshold: undefined, labelled: false })).toBeUndefined();
  expect(seen(classes, [[[0, 1, 0, 1, 0, 0], [0, 1, 0, 1, 0, 0], undefined]]).evidence).toBeUndefined();
});
