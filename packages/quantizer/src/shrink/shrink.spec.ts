// All of it together, on a network whose shape is worked out while it runs.
import { GraphBuilder, tensorAt, type Graph } from '@wherry/graph';
import { differences, integerInputs } from '../testing/integer-inputs.js';
import { onCmsisNn } from './one-channel-kinds.js';
import { shrink } from './shrink.js';

const scale = (zeroPoint: number) => ({ scale: [0.0625], zeroPoint: [zeroPoint], axis: 0 });
const weightScale = { scale: [2 ** -7], zeroPoint: [0], axis: 0 };

/** One channel to four, two of which are stuck; flattened by SHAPE, STRIDED_SLICE and PACK; a dense layer. */
function flattened(): Graph {
  const builder = new GraphBuilder('flattened');
  const x = builder.input('x', [1, 4, 4, 1], 'int8', scale(3));
  const filter = builder.constant('w', [4, 1, 1, 1], Int8Array.of(100, 1, -70, 1), 'int8', weightScale);
  const bias = builder.constant('b', [4], Int32Array.of(50, 90_000, 800, -90_000), 'int32');
  const convolved = builder.add(
    'CONV_2D',
    [x, filter, bias],
    { activation: 'RELU6' },
    { origin: 'conv', outputQuantization: scale(-9) },
  );
  const shape = builder.add('SHAPE', [convolved], {}, { origin: 'shape' });
  const ends = [[0], [1], [1]].map((values, i) => builder.indices(`end ${i}`, values));
  const batch = builder.add('STRIDED_SLICE', [shape, ...ends], { shrinkAxisMask: 1 }, { origin: 'batch' });
  const size = builder.constant('size', [], Int32Array.of(64), 'int32');
  const target = builder.add('PACK', [batch, size], { axis: 0, count: 2 }, { origin: 'target' });
  const flat = builder.add(
    'RESHAPE',
    [convolved, target],
    {},
    { origin: 'flat', outputQuantization: scale(-9), outputShape: [1, 64] },
  );
  const weights = builder.constant(
    'v',
    [3, 64],
    new Int8Array(192).map((_, i) => ((i * 41) % 199) - 99),
    'int8',
    weightScale,
  );
  return builder.finish([
    builder.add('FULLY_CONNECTED', [flat, weights, null], {}, { origin: 'dense', outputQuantization: scale(0) }),
  ]);
}

it('folds shapes, removes what is stuck, and gives the runtime the form that it does faster', () => {
  const graph = flattened();
  const { graph: shrunk, steps } = shrink(graph, { oneChannel: onCmsisNn });
  expect(differences(graph, shrunk, integerInputs(graph, 20))).toBe(0);
  expect(shrunk.nodes.map(({ kind }) => kind)).toEqual(['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED']);
  expect(shrunk.nodes.map(({ outputs }) => tensorAt(shrunk, outputs[0]!).shape)).toEqual([
    [1, 4, 4, 2],
    [1, 32],
    [1, 3],
  ]);
  expect(steps.map(({ rewrite, layer }) => [rewrite, layer])).toEqual([
    ['fold-shapes', 'shape'],
    ['remove-constant-channels', 'conv'],
    ['remove-constant-channels', 'dense'],
  ]);
});

it('chooses by the number of filters', () => {
  const builder = new GraphBuilder('one layer');
  const x = builder.input('x', [1, 5, 5, 1], 'int8', scale(3));
  const filter = builder.constant('w', [8, 3, 3, 1], new Int8Array(72).fill(7), 'int8', weightScale);
  const graph = builder.finish([
    builder.add('CONV_2D', [x, filter], {}, { origin: 'c', outputQuantization: scale(0) }),
  ]);
  expect(shrink(graph, { oneChannel: onCmsisNn }).graph.nodes[0]!.kind).toBe('DEPTHWISE_CONV_2D');
  expect(shrink(graph).graph).toBe(graph);
});

it('leaves weights that are stored in fewer bytes as they are', () => {
  const builder = new GraphBuilder('dequantized weights');
  const stored = builder.constant('w', [2, 3], Int8Array.of(1, 2, 3, 4, 5, 6), 'int8', weightScale);
  const weights = builder.add('DEQUANTIZE', [stored], {}, { origin: 'weights' });
  const dense = builder.add('FULLY_CONNECTED', [builder.input('x', [1, 3]), weights], {}, { origin: 'dense' });
  const graph = builder.finish([dense]);
  expect(shrink(graph).graph).toBe(graph);
});
