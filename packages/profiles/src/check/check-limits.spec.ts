// What a kernel's sums hold beside a bias: below the limit of the weights' type, in either sign, and nothing is asked of others.
import { GraphBuilder, type DataType, type Graph } from '@wherry/graph';
import { checkGraph } from './check-graph.js';
import type { Target } from '../library.js';
import type { KernelRow } from '../runtime-kernels.js';

const limit = 2 ** 26;
const row = (weights: DataType): KernelRow => ({ activations: 'int8', weights, bias: 'int32' });
const target = {
  profile: { id: 'mine', runtime: { name: 'own', from: '2025-01-01' } },
  kernels: {
    name: 'own',
    releases: [],
    avoid: [],
    unsupported: {},
    operators: {
      FULLY_CONNECTED: { rows: [row('int8'), row('int4')], limits: { biases: [{ weights: ['int4'], below: limit }] } },
    },
  },
} as unknown as Target;

function dense(dtype: 'int8' | 'int4', ...bias: readonly number[]): Graph {
  const builder = new GraphBuilder('dense');
  const step = { scale: [0.5], zeroPoint: [0], axis: 0 };
  const x = builder.input('x', [1, 2], 'int8', step);
  const weights = builder.constant('w', [bias.length, 2], new Int8Array(2 * bias.length), dtype, step);
  const added = builder.constant('b', [bias.length], Int32Array.from(bias), 'int32', { ...step, scale: [0.25] });
  const made = { origin: 'layer', outputDtype: 'int8', outputQuantization: step } as const;
  return builder.finish([builder.add('FULLY_CONNECTED', [x, weights, added], {}, made)]);
}

it.each<[string, Graph, boolean]>([
  ['the last that the sums hold', dense('int4', 5, limit - 1), true],
  ['the first that they do not', dense('int4', limit, 5), false],
  ['the same below zero', dense('int4', 5, -limit), false],
  ['weights whose sums have more room', dense('int8', limit, -limit), true],
])('%s', (_, graph, isTaken) => {
  const found = checkGraph(target, graph);
  expect(found).toHaveLength(isTaken ? 0 : 1);
  if (!isTaken)
    expect(found[0]).toMatchObject({
      code: 'PROFILE_LIMIT',
      where: 'layer',
      what: expect.stringContaining(`b reaches ${limit}, and beside int4 weights the kernel's sums wrap`) as string,
    });
});
