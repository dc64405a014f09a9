// What is done to a quantized model keeps its integers: both graphs are run, and the constants are looked at.
import { evaluate, GraphBuilder, tensorAt, type Graph, type Quantization } from '@wherry/graph';
import { asItIs } from './as-it-is.js';

const scale = (step: number, zero: number): Quantization => ({ scale: [step], zeroPoint: [zero], axis: 0 });

/** A shape that is computed from a shape, and a constant that is made real where the model runs. */
function withComputedShape(): Graph {
  const builder = new GraphBuilder('computed');
  const input = builder.input('x', [1, 2, 3], 'int8', scale(0.5, -3));
  const shape = builder.add('SHAPE', [input], { outType: 'INT32' }, { origin: 'shape' });
  const one = (name: string, value: number): number => builder.indices(name, [value]);
  const batch = builder.add(
    'STRIDED_SLICE',
    [shape, one('begin', 0), one('end', 1), one('step', 1)],
    { shrinkAxisMask: 1 },
    { origin: 'batch' },
  );
  const rest = builder.constant('rest', [], Int32Array.of(6), 'int32');
  const wanted = builder.add('PACK', [batch, rest], { axis: 0, count: 2 }, { origin: 'wanted' });
  const flat = builder.add(
    'RESHAPE',
    [input, wanted],
    {},
    { origin: 'flat', outputShape: [1, 6], outputQuantization: scale(0.5, -3) },
  );
  const real = builder.add('DEQUANTIZE', [flat], {}, { origin: 'real' });
  const stored = builder.constant('stored', [6], Int8Array.of(1, 2, 3, 4, 5, 6), 'int8', scale(0.25, 0));
  const offsets = builder.add('DEQUANTIZE', [stored], {}, { origin: 'offsets' });
  return builder.finish([builder.add('ADD', [real, offsets], {}, { origin: 'sum' })]);
}

it('computes shapes now and nothing else, and gives the same', () => {
  const given = withComputedShape();
  const { graph, steps } = asItIs(given);
  expect(steps.map(({ rewrite }) => rewrite)).toEqual(['fold-shapes']);
  expect(graph.nodes.map(({ kind }) => kind)).toEqual(['RESHAPE', 'DEQUANTIZE', 'DEQUANTIZE', 'ADD']);
  const feed = Int8Array.of(-128, 127, 0, 5, -7, 33);
  expect(evaluate(graph, [feed])).toEqual(evaluate(given, [feed]));
});

it('keeps scales and bytes of constants, and the graph itself where there is nothing to do', () => {
  const { graph } = asItIs(withComputedShape());
  const stored = graph.tensors.find(({ name }) => name === 'stored')!;
  expect([stored.dtype, stored.data, stored.quantization]).toEqual([
    'int8',
    Int8Array.of(1, 2, 3, 4, 5, 6),
    scale(0.25, 0),
  ]);
  expect(asItIs(graph)).toEqual({ graph, steps: [] });
  expect(asItIs(graph).graph).toBe(graph);
});

it('says along which dimension the scales of a bias lie, where the file names one that it does not have', () => {
  const builder = new GraphBuilder('bias');
  const input = builder.input('x', [1, 2], 'int8', scale(0.5, 0));
  const filter = builder.constant('w', [2, 2], Int8Array.of(1, 2, 3, 4), 'int8', {
    scale: [0.5, 0.25],
    zeroPoint: [0, 0],
    axis: 0,
  });
  const bias = builder.constant('b', [2], Int32Array.of(7, 8), 'int32', {
    scale: [0.25, 0.125],
    zeroPoint: [0, 0],
    axis: 3,
  });
  const dense = builder.add(
    'FULLY_CONNECTED',
    [input, filter, bias],
    {},
    { origin: 'dense', outputQuantization: scale(1, 0) },
  );
  const given = builder.finish([dense]);
  const { graph, steps } = asItIs(given);
  expect(steps.map(({ rewrite }) => rewrite)).toEqual(['settle-scale-axes']);
  expect(tensorAt(graph, bias).quantization).toEqual({ scale: [0.25, 0.125], zeroPoint: [0, 0], axis: 0 });
  const others = (id: number): boolean => id !== bias;
  expect(graph.tensors.filter((_, id) => others(id))).toEqual(given.tensors.filter((_, id) => others(id)));
});
