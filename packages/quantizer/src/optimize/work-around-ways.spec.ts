// The ways around a fault that change what a node is told: its activation behind it, its matrices turned in front of it.
import { evaluate, GraphBuilder, tensorAt, type Graph } from '@wherry/graph';
import type { NodeFault, Workaround } from '@wherry/profiles';
import { workAround } from './work-around.js';

const fault = (workaround: Workaround): NodeFault => ({
  node: 0,
  fault: { operator: 'ANY', when: {}, fault: 'does wrong', source: 'here', workaround },
});

const waves = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7 + seed));

function up(activation: 'NONE' | 'RELU' | 'RELU6' | 'RELU_N1_TO_1'): Graph {
  const builder = new GraphBuilder('up');
  const weights = builder.constant('w', [3, 2, 2, 2], waves(24, 1), 'float32');
  const operands = [builder.indices('shape', [1, 4, 4, 3]), weights, builder.input('x', [1, 2, 2, 2], 'float32')];
  const attributes = { padding: 'SAME', strideH: 2, strideW: 2, activation } as const;
  return builder.finish([builder.add('TRANSPOSE_CONV', operands, attributes, { origin: 'up' })]);
}

it.each(['RELU', 'RELU6'] as const)('takes %s out of a layer, and changes no bit', (activation) => {
  const graph = up(activation);
  const { graph: changed, steps } = workAround(graph, [fault('activation')]);
  expect(changed.nodes.map(({ kind }) => kind)).toEqual(['TRANSPOSE_CONV', activation]);
  expect(changed.nodes[0]!.attributes).toMatchObject({ activation: 'NONE' });
  expect(changed.outputs).toEqual(graph.outputs);
  const values = waves(8, 5).map((value) => 8 * value);
  const [expected] = evaluate(graph, [values]);
  expect(evaluate(changed, [values])).toEqual([expected]);
  // The bounds are met, so that a graph without them would be told from this one.
  expect(evaluate(up('NONE'), [values])).not.toEqual([expected]);
  expect(steps[0]!.what).toContain('up: given its activation as an operator of its own, because');
});

it('leaves bounds alone for which there is no operator, and a layer without any', () => {
  for (const activation of ['NONE', 'RELU_N1_TO_1'] as const) {
    const graph = up(activation);
    expect(workAround(graph, [fault('activation')]).graph).toBe(graph);
  }
});

/** [2, 3, 4] times [2, 4, 5], each written turned where the option says so. */
function product(adjX: boolean, adjY: boolean, constant = false): Graph {
  const builder = new GraphBuilder('product');
  const x = builder.input('x', adjX ? [2, 4, 3] : [2, 3, 4], 'float32');
  const shape = adjY ? [2, 5, 4] : [2, 4, 5];
  const y = constant ? builder.constant('y', shape, waves(40, 3), 'float32') : builder.input('y', shape, 'float32');
  return builder.finish([builder.add('BATCH_MATMUL', [x, y], { adjX, adjY }, { origin: 'product' })]);
}

it.each([
  [true, false],
  [false, true],
  [true, true],
])('turns the matrices that the options %s, %s say, and changes no bit', (adjX, adjY) => {
  const graph = product(adjX, adjY);
  const { graph: changed } = workAround(graph, [fault('transpose')]);
  const turned = [adjX, adjY].filter(Boolean).map(() => 'TRANSPOSE');
  expect(changed.nodes.map(({ kind }) => kind)).toEqual([...turned, 'BATCH_MATMUL']);
  expect(changed.nodes.at(-1)!.attributes).toEqual({ adjX: false, adjY: false });
  expect(changed.nodes.at(-1)!.inputs.map((id) => tensorAt(changed, id!).shape)).toEqual([
    [2, 3, 4],
    [2, 4, 5],
  ]);
  const feeds = [waves(24, 1), waves(40, 2)];
  expect(evaluate(changed, feeds)).toEqual(evaluate(graph, feeds));
});

it('leaves a product alone that nothing turns, or that reads a constant', () => {
  for (const graph of [product(false, false), product(false, true, true)])
    expect(workAround(graph, [fault('transpose')]).graph).toBe(graph);
});
