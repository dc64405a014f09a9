// Graphs as text: whole, and without the means to move a cursor.
import { GraphBuilder } from './builder.js';
import { graphCost } from './cost.js';
import type { Graph } from './ir.js';
import { printGraph } from './print.js';

function pooled(name: string): Graph {
  const builder = new GraphBuilder(name);
  const scale = { scale: [0.5], zeroPoint: [-3], axis: 0 };
  const x = builder.input(`${name}/x`, [1, 2, 2, 1], 'int8', scale);
  const axes = builder.indices('axes', [1, 2]);
  return builder.finish([
    builder.add('MEAN', [x, axes], { keepDims: true }, { origin: name, outputQuantization: scale }),
  ]);
}

it('has a line for every input, node and output', () => {
  expect(printGraph(pooled('pool')).split('\n')).toEqual([
    'graph pool',
    '  input  %0:int8[1x2x2x1] *0.5 zero -3',
    '     0  MEAN "pool" {keepDims=true} (%0:int8[1x2x2x1] *0.5 zero -3, %1:int32[2] = 1 2) -> %2:int8[1x1x1x1] *0.5 zero -3',
    '  output %2:int8[1x1x1x1] *0.5 zero -3',
  ]);
});

it('sums up larger constants and several scales', () => {
  const builder = new GraphBuilder('dense');
  const weights = builder.constant(
    'w',
    [2, 8],
    Int8Array.from({ length: 16 }, (_, i) => i - 8),
    'int8',
    { scale: [1, 2], zeroPoint: [0, 0], axis: 0 },
  );
  const x = builder.input('x', [1, 8], 'int8', { scale: [1], zeroPoint: [0], axis: 0 });
  const text = printGraph(
    builder.finish([builder.add('FULLY_CONNECTED', [x, weights, null], {}, { origin: 'dense' })]),
  );
  expect(text).toContain('%0:int8[2x8] *2 scales on axis 0 = -8 .. 7, none)');
});

it('shows no control characters of names', () => {
  expect(printGraph(pooled('a\u001b[2J\nb'))).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|^b/m);
});

it('adds up what the nodes cost', () => {
  const builder = new GraphBuilder('costly');
  const x = builder.input('x', [1, 8]);
  const weights = builder.constant('w', [4, 8], new Float32Array(32), 'float32');
  const dense = builder.add('FULLY_CONNECTED', [x, weights, null], {}, { origin: 'dense' });
  const { nodes, total } = graphCost(builder.finish([builder.add('RELU', [dense], {}, { origin: 'relu' })]));
  expect(nodes).toHaveLength(2);
  expect(nodes[0]).toMatchObject({ macs: 32, bytes: 4 * (8 + 32 + 4) });
  expect(nodes[1]).toMatchObject({ macs: 0, elementOps: 4, bytes: 4 * 8 });
  expect(total).toEqual({ macs: 32, elementOps: nodes[0]!.elementOps + 4, bytes: 176 + 32 });
});
