// The elementwise functions and SOFTMAX in real numbers; their int8 references are compared in goldens.spec.ts.
import { evaluate } from '../evaluate.js';
import { singleOperatorGraph } from '../single-operator.js';
import type { AttributesOf, OpKind } from './index.js';

function run<K extends OpKind>(kind: K, attributes: Partial<AttributesOf<K>>, ...values: number[]): number[] {
  const graph = singleOperatorGraph(kind, [{ shape: [values.length] }], attributes);
  return Array.from(evaluate(graph, [Float32Array.from(values)])[0] as Float32Array);
}

it('clamps', () => {
  expect(run('RELU', {}, -1, 0, 7)).toEqual([0, 0, 7]);
  expect(run('RELU6', {}, -1, 0, 7)).toEqual([0, 0, 6]);
});

it('leaks', () => {
  expect(run('LEAKY_RELU', { alpha: 0.5 }, -2, 0, 2)).toEqual([-1, 0, 2]);
  expect(run('LEAKY_RELU', { alpha: -1 }, -2, 2)).toEqual([2, 2]);
});

it('squashes', () => {
  expect(run('LOGISTIC', {}, 0, Math.log(3), -1000)).toEqual([0.5, 0.75, 0]);
  expect(run('TANH', {}, 0, Math.log(2), -1000)).toEqual([0, Math.fround(0.6), -1]);
});

it('shares out, far from overflow', () => {
  expect(run('SOFTMAX', {}, 1000, 1000)).toEqual([0.5, 0.5]);
  const [low, high] = run('SOFTMAX', { beta: 2 }, 0, Math.log(3) / 2);
  expect(low).toBeCloseTo(0.25, 6);
  expect(high).toBeCloseTo(0.75, 6);
});

it('refuses what has no meaning', () => {
  expect(() => run('SOFTMAX', { beta: 0 }, 1)).toThrow('beta is a positive number');
  expect(() => run('LEAKY_RELU', { alpha: NaN }, 1)).toThrow('alpha is a finite number');
  expect(() => singleOperatorGraph('SOFTMAX', [{ shape: [] }], {})).toThrow('at least 1 dimension');
});
