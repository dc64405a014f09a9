// Sums at their limits: shifts that wrap, roundings that differ, a bias of 64 bits.
import { evaluate, GraphBuilder, tensorAt, type Graph, type Rounding } from '@wherry/graph';
import { removeConstantChannels } from '../remove-constant-channels.js';
import { boundGraph } from './bound-graph.js';

const perTensor = (scale: number) => ({ scale: [scale], zeroPoint: [0], axis: 0 });

/** x [1,1,1,1] times `weights`, plus `bias`; then, if asked, the sum of the channels. */
function layer(weights: readonly number[], bias: readonly number[], outputScale: number, reader = false): Graph {
  const builder = new GraphBuilder('layer');
  const channels = weights.length;
  const operands = [
    builder.input('x', [1, 1, 1, 1], 'int8', perTensor(1)),
    builder.constant('w', [channels, 1, 1, 1], Int8Array.from(weights), 'int8', perTensor(1)),
    builder.constant('b', [channels], Int32Array.from(bias), 'int32'),
  ];
  const output = builder.add('CONV_2D', operands, {}, { origin: 'conv', outputQuantization: perTensor(outputScale) });
  if (!reader) return builder.finish([output]);
  const sum = builder.constant('v', [1, 1, 1, channels], new Int8Array(channels).fill(9), 'int8', perTensor(1));
  return builder.finish([
    builder.add('CONV_2D', [output, sum], {}, { origin: 'sum', outputQuantization: perTensor(outputScale) }),
  ]);
}

const everyInput = Array.from({ length: 256 }, (_, i) => [Int8Array.of(i - 128)]);

it('expects anything of a sum that wraps when it is shifted up', () => {
  const graph = layer([2], [456], 2 ** -22);
  const values = everyInput.map((feeds) => Number(evaluate(graph, feeds)[0]![0]));
  // Shifted up by 23 bits, sums of 256 to 511 are negative to the kernel, the least one (200) and the greatest (710) are not.
  expect([Math.min(...values), Math.max(...values)]).toEqual([-128, 127]);
  const { low, high } = boundGraph(graph, ['double']).get(graph.outputs[0]!)!;
  expect([low[0], high[0]]).toEqual([-128, 127]);
});

it('is exact where nothing wraps', () => {
  const graph = layer([3, -2, 0], [50, -7, 12], 8);
  const values = everyInput.map((feeds) => Array.from(evaluate(graph, feeds)[0]!, Number));
  const { low, high } = boundGraph(graph, ['double']).get(graph.outputs[0]!)!;
  expect(Array.from(low)).toEqual([0, 1, 2].map((c) => Math.min(...values.map((value) => value[c]!))));
  expect(Array.from(high)).toEqual([0, 1, 2].map((c) => Math.max(...values.map((value) => value[c]!))));
});

it('takes a channel as constant that is the same number in every arithmetic that is asked for', () => {
  // -4 / 8 is rounded to -1 by TFLite Micro and to 0 by XNNPACK.
  const graph = layer([0, 5], [-4, 1], 8, true);
  const valueIn = (rounding: Rounding) => {
    let value: number | undefined;
    evaluate(graph, [Int8Array.of(3)], {
      rounding,
      observe: (id, data) => (value = id === graph.nodes[0]!.outputs[0] ? Number(data[0]) : value),
    });
    return value;
  };
  expect([valueIn('double'), valueIn('single')].map(Number)).toEqual([-1, 0]);
  expect(removeConstantChannels(graph).graph).toBe(graph);
  const { graph: shrunk } = removeConstantChannels(graph, { roundings: ['double'] });
  expect(tensorAt(shrunk, shrunk.nodes[0]!.outputs[0]!).shape).toEqual([1, 1, 1, 1]);
  for (const feeds of everyInput) expect(evaluate(shrunk, feeds)).toEqual(evaluate(graph, feeds));
});
