// Operators whose filter is not the second operand's neighbour, or whose outputs are of several kinds, from float to int8.
import { evaluate, GraphBuilder, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { planned } from '../testing/planned.js';
import { randomValues } from '../testing/random-values.js';
import { calibrated, samplesOf } from '../testing/small-network.js';
import { apply } from './apply.js';

type Build = (builder: GraphBuilder, x: TensorId, constant: (...shape: number[]) => TensorId) => readonly TensorId[];

function graphOf(build: Build): Graph {
  const builder = new GraphBuilder('m');
  let seed = 1;
  const constant = (...shape: number[]): TensorId => {
    const count = shape.reduce((product, size) => product * size, 1);
    return builder.constant(`c${seed}`, shape, Float32Array.from(randomValues(count, seed++)), 'float32');
  };
  return builder.finish(build(builder, builder.input('x', [1, 4, 5, 3]), constant));
}

const origin = { origin: 'layer' };

describe.each<[string, Build]>([
  ['PRELU', (b, x, constant) => [b.add('PRELU', [x, constant(1, 1, 3)], {}, origin)]],
  [
    'TRANSPOSE_CONV',
    (b, x, constant) => [
      b.add(
        'TRANSPOSE_CONV',
        [b.indices('shape', [1, 8, 10, 6]), constant(6, 3, 3, 3), x, constant(6)],
        { strideH: 2, strideW: 2 },
        origin,
      ),
    ],
  ],
  ['BATCH_MATMUL', (b, x) => [b.add('BATCH_MATMUL', [x, x], { adjY: true }, origin)]],
  ['TOPK_V2', (b, x) => b.addAll('TOPK_V2', [x, b.indices('k', [2], [])], {}, origin)],
])('%s', (kind, build) => {
  it('is computed in int8 throughout and gives what it gave', async () => {
    const graph = graphOf(build);
    const samples = samplesOf(graph, 8);
    const { graph: quantized } = apply(graph, planned(graph, await calibrated(graph, samples)));
    expect(quantized.nodes.map((node) => node.kind)).toEqual([kind]);
    const [node] = quantized.nodes;
    const types = node!.inputs.map((id) => tensorAt(quantized, id!).dtype);
    expect(types.filter((dtype) => dtype === 'float32')).toEqual([]);
    const input = tensorAt(quantized, quantized.inputs[0]!).quantization!;
    let [signal, noise, moved] = [0, 0, 0];
    for (const feeds of samples) {
      const integers = (feeds[0] as Float32Array).map((x) =>
        Math.min(127, Math.max(-128, Math.round(x / input.scale[0]!) + input.zeroPoint[0]!)),
      );
      const [expected, answers] = [evaluate(graph, feeds), evaluate(quantized, [Int8Array.from(integers)])];
      quantized.outputs.forEach((id, output) => {
        const { quantization } = tensorAt(quantized, id);
        answers[output]!.forEach((value, i) => {
          const wanted = Number(expected[output]![i]);
          if (quantization === undefined) return void (moved += Number(Number(value) !== wanted));
          signal += wanted ** 2;
          noise += (wanted - quantization.scale[0]! * (Number(value) - quantization.zeroPoint[0]!)) ** 2;
        });
      });
    }
    expect(10 * Math.log10(signal / noise)).toBeGreaterThan(30);
    // Places of values that are the same in steps of the scale are told apart by which comes first.
    expect(moved).toBeLessThan(12);
  });
});
