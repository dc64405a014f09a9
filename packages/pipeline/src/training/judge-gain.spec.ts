// What is a gain of a training, and what is chance or a loss.
import type { OutputTask } from '../accuracy/output-task.js';
import { GainJudge, isGain } from './judge-gain.js';

const classes: OutputTask = { kind: 'classes', classes: 2, labelled: true };
const values: OutputTask = { kind: 'values', targets: true };
const scores = (of: number): number[] => (of === 0 ? [1, 0] : [0, 1]);
const noise = (i: number): number => (((i * 37) % 101) - 50) / 1000;

function judged(task: OutputTask, count: number, of: (i: number) => [number[], number[], number[], number]): GainJudge {
  const judge = new GainJudge(task);
  for (let i = 0; i < count; i++) {
    const [float, before, after, label] = of(i);
    judge.add({ float, before, after }, { label });
  }
  return judge;
}

/** `right`: of each forty samples those that each model has right. */
function ofClasses(count: number, right: readonly [float: number, before: number, after: number]): GainJudge {
  return judged(classes, count, (i) => {
    const at = (i * 7) % 40;
    const [float, before, after] = right.map((so) => scores(at < so ? i % 2 : 1 - (i % 2)));
    return [float!, before!, after!, i % 2];
  });
}

it('a few more right of a few are within chance, the same share of many is a gain', () => {
  expect(ofClasses(40, [40, 20, 22]).verdict('labels')).toBe('within chance');
  expect(ofClasses(800, [40, 20, 22]).verdict('labels')).toBe('gain');
  expect(ofClasses(800, [40, 22, 20]).verdict('labels')).toBe('loss');
});

it('labels are judged by labels, and what follows the float model by that', () => {
  // The float model is wrong where the trained one is right.
  const judge = ofClasses(400, [20, 20, 30]);
  expect(judge.verdict('labels')).toBe('gain');
  expect(judge.verdict('both')).toBe('gain');
  expect(judge.verdict('distillation')).toBe('loss');
});

it('what follows the float model to where it is wrong is a loss all the same', () => {
  expect(ofClasses(400, [20, 30, 20]).verdict('distillation')).toBe('loss');
});

it('targets of a regression are what a training by them is judged by, however far the float model is', () => {
  const judge = judged(values, 60, (i) => [[i + 3], [i + 3 + noise(i)], [i + noise(i)], i]);
  expect(judge.verdict('labels')).toBe('gain');
  expect(judge.verdict('distillation')).toBe('loss');
});

it('without decisions or targets it is the distance to the float model', () => {
  const nearer = judged({ kind: 'values', targets: false }, 60, (i) => [[i], [i + 4 * noise(i)], [i + noise(i)], 0]);
  expect(nearer.verdict('distillation')).toBe('gain');
  expect(nearer.verdict('labels')).toBe('gain');
});

it('a linear score without a threshold is judged by how it ranks', () => {
  const task: OutputTask = { kind: 'binary', threshold: undefined, labelled: true };
  const judge = judged(task, 80, (i) => [[i % 7], [i % 7], [(i % 2) * 3 + 20 * noise(i)], i % 2]);
  expect(judge.verdict('labels')).toBe('gain');
});

it('one output that lost is not made good by another that gained', () => {
  expect(isGain(['within chance', 'gain'])).toBe(true);
  expect(isGain(['gain', 'loss'])).toBe(false);
  expect(isGain(['within chance', 'within chance'])).toBe(false);
});
