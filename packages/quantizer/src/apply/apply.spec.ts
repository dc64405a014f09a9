// The quantized graph: types, scales and values as planned, in the range of float; bias correction takes out a mean error.
import { evaluate, GraphBuilder, type Graph, type TensorData } from '@wherry/graph';
import { quantizeFeeds } from '../select/quantize-feeds.js';
import { plan } from '../plan/plan.js';
import { planned, usual, type PlannedOptions } from '../testing/planned.js';
import { calibrated, samplesOf, smallNetwork } from '../testing/small-network.js';
import { apply, type Applied, type ApplyOptions } from './apply.js';

async function quantized(
  graph: Graph,
  more: Partial<PlannedOptions> = {},
  correct = false,
  samples = samplesOf(graph, 8),
): Promise<Applied> {
  const calibration = await calibrated(graph, samples);
  return apply(graph, planned(graph, calibration, more), correct ? { correctBias: calibration } : {});
}

function realOutput(graph: Graph, feeds: readonly TensorData[]): number[] {
  const { quantization } = graph.tensors[graph.outputs[0]!]!;
  const [scale, zeroPoint] = [quantization?.scale[0] ?? 1, quantization?.zeroPoint[0] ?? 0];
  return Array.from(
    evaluate(graph, quantizeFeeds(graph, feeds))[0] as Int8Array,
    (value) => (value - zeroPoint) * scale,
  );
}

describe('apply', () => {
  it.each(['int8', 'float32'] as const)('gives %s at both ends and stays close to float', async (type) => {
    const graph = smallNetwork();
    const { graph: integer } = await quantized(graph, { inputType: type, outputType: type });
    const ends = type === 'int8' ? [] : ['QUANTIZE', 'DEQUANTIZE'];
    expect(integer.nodes.map(({ kind }) => kind).filter((kind) => kind.endsWith('QUANTIZE'))).toEqual(ends);
    expect([...integer.inputs, ...integer.outputs].map((id) => integer.tensors[id]!.dtype)).toEqual([type, type]);
    for (const feeds of samplesOf(graph, 4)) {
      const expected = evaluate(graph, feeds)[0]!;
      realOutput(integer, feeds).forEach((value, i) =>
        expect(Math.abs(value - Number(expected[i]))).toBeLessThan(0.03),
      );
    }
  });

  it('holds weights in [-127, 127] and biases in int32 of the planned scale', async () => {
    const { graph } = await quantized(smallNetwork());
    const convolution = graph.nodes.find(({ kind }) => kind === 'CONV_2D')!;
    const [input, weights, bias] = convolution.inputs.map((id) => graph.tensors[id!]!);
    expect([weights!.dtype, bias!.dtype]).toEqual(['int8', 'int32']);
    expect(Math.min(...Array.from(weights!.data!, Number))).toBeGreaterThanOrEqual(-127);
    expect(bias!.quantization!.scale).toEqual(
      weights!.quantization!.scale.map((scale) => Math.fround(scale * input!.quantization!.scale[0]!)),
    );
  });

  it('stores a constant once that two nodes quantize alike, and twice otherwise', async () => {
    const shared = (sameInput: boolean): Graph => {
      const builder = new GraphBuilder('shared');
      const [x, y] = [builder.input('x', [1, 2], 'float32'), builder.input('y', [1, 2], 'float32')];
      const weights = builder.constant('w', [2, 2], Float32Array.of(1, 2, 3, 4), 'float32');
      const bias = builder.constant('b', [2], Float32Array.of(1, 2), 'float32');
      const layers = [x, sameInput ? x : y].map((input, i) =>
        builder.add('FULLY_CONNECTED', [input, weights, bias], {}, { origin: `d${i}` }),
      );
      return builder.finish(layers);
    };
    const biases = async (graph: Graph): Promise<number> =>
      (await quantized(graph)).graph.tensors.filter(({ dtype }) => dtype === 'int32').length;
    expect([await biases(shared(true)), await biases(shared(false))]).toEqual([1, 2]);
  });

  it('does not share a bias that is corrected for two layers differently', async () => {
    const builder = new GraphBuilder('corrected');
    const input = builder.input('x', [1, 2], 'float32');
    const bias = builder.constant('b', [1], Float32Array.of(1), 'float32');
    // The same scales, and rounding errors of 0.3 and -0.3 steps.
    const layers = [0.7, 0.3].map((weight, i) =>
      builder.add(
        'FULLY_CONNECTED',
        [input, builder.constant(`w${i}`, [1, 2], Float32Array.of(127, weight), 'float32'), bias],
        {},
        { origin: `d${i}` },
      ),
    );
    const { graph } = await quantized(builder.finish(layers), {}, true, [[Float32Array.of(1, 1)]]);
    expect(new Set(graph.nodes.map(({ inputs }) => inputs[2])).size).toBe(2);
  });

  it('does not give a bias that is corrected for one layer to another that is not', () => {
    const builder = new GraphBuilder('measured');
    const input = builder.input('x', [1, 2], 'float32');
    const constants = [
      builder.constant('w', [1, 2], Float32Array.of(1, 2), 'float32'),
      builder.constant('b', [1], Float32Array.of(1), 'float32'),
    ];
    const layers = ['plain', 'measured', 'plain again'].map((origin) =>
      builder.add('FULLY_CONNECTED', [input, ...constants], {}, { origin }),
    );
    const graph = builder.finish(layers);
    const ranges = new Map([input, ...layers].map((id) => [id, { min: -4, max: 4, from: 'given' }] as const));
    const outputErrors = new Map([[layers[1]!, Float64Array.of(0.5)]]);
    const { nodes, tensors } = apply(graph, plan(graph, ranges, usual), { outputErrors }).graph;
    const biases = nodes.map(({ inputs }) => tensors[inputs[2]!]!);
    const step = biases[0]!.quantization!.scale[0]!;
    const reals = biases.map(({ data }) => Number(data![0]) * step);
    [1, 0.5, 1].forEach((expected, layer) => expect(reals[layer]).toBeCloseTo(expected, 3));
    expect(biases[2]).toBe(biases[0]);
  });

  it('converts anew for a reader that wants the same type in other steps', () => {
    const builder = new GraphBuilder('readers');
    const input = builder.input('x', [1, 2], 'float32');
    const weights = builder.constant('w', [1, 2], Float32Array.of(1, 2), 'float32');
    const layers = [1, 2, 1].map((_, i) =>
      builder.add('FULLY_CONNECTED', [input, weights, null], {}, { origin: `d${i}` }),
    );
    const graph = builder.finish(layers);
    const ranges = new Map([input, ...layers].map((id) => [id, { min: -4, max: 4, from: 'given' }] as const));
    const sound = plan(graph, ranges, usual);
    const format = sound.written.get(input)!;
    const inSteps = (factor: number): typeof format => ({
      ...format,
      quantization: { ...format.quantization!, scale: [Math.fround(factor * format.quantization!.scale[0]!)] },
    });
    const wanted = [2, 4, 2].map(inSteps);
    const nodes = sound.nodes.map((decision, i) => ({ ...decision, reads: [wanted[i]!, ...decision.reads.slice(1)] }));
    const made = apply(graph, { ...sound, nodes }).graph;
    expect(made.nodes.map(({ kind }) => kind[0]).join('')).toBe('QFQFF');
    const read = made.nodes.flatMap(({ kind, inputs }) => (kind === 'QUANTIZE' ? [] : [made.tensors[inputs[0]!]!]));
    expect(read.map(({ quantization }) => quantization)).toEqual(wanted.map(({ quantization }) => quantization));
  });

  it('puts a QUANTIZE behind each scale that the specification fixes where two of them meet', async () => {
    const builder = new GraphBuilder('meeting');
    const input = builder.input('x', [1, 4], 'float32');
    const [soft, tanh] = [
      builder.add('SOFTMAX', [input], { beta: 1 }, { origin: 's' }),
      builder.add('TANH', [input], {}, { origin: 't' }),
    ];
    const graph = builder.finish([builder.add('CONCATENATION', [soft, tanh], { axis: 1 }, { origin: 'both' })]);
    const { graph: integer } = await quantized(graph);
    expect(integer.nodes.map(({ kind }) => kind)).toEqual(['SOFTMAX', 'TANH', 'QUANTIZE', 'QUANTIZE', 'CONCATENATION']);
  });

  it('takes the mean error of weight rounding out of the bias', async () => {
    // Every weight rounds up by 0.3 steps and nearly every input is 1: the error has one sign.
    const builder = new GraphBuilder('biased');
    const weights = Float32Array.from({ length: 64 }, (_, i) => (i === 0 ? 127 : 0.7));
    const input = builder.input('x', [1, 64], 'float32');
    const graph = builder.finish([
      builder.add(
        'FULLY_CONNECTED',
        [
          input,
          builder.constant('w', [1, 64], weights, 'float32'),
          builder.constant('b', [1], Float32Array.of(0), 'float32'),
        ],
        {},
        { origin: 'd' },
      ),
    ]);
    const [feeds, loud] = [1, 2].map((value) => [new Float32Array(64).fill(value)]) as [TensorData[], TensorData[]];
    const samples = [...Array.from({ length: 9 }, () => feeds), loud];
    const errorWith = async (correct: boolean): Promise<number> => {
      const { graph: integer } = await quantized(graph, {}, correct, samples);
      return Math.abs(realOutput(integer, feeds)[0]! - Number(evaluate(graph, feeds)[0]![0]));
    };
    expect(await errorWith(false)).toBeGreaterThan(10);
    expect(await errorWith(true)).toBeLessThan(4);
  });

  it('takes measured errors of a layer out of its bias, with the rounding error or alone', async () => {
    const graph = smallNetwork();
    const calibration = await calibrated(graph, samplesOf(graph, 8));
    const dense = graph.nodes.find(({ kind }) => kind === 'FULLY_CONNECTED')!;
    const decided = planned(graph, calibration);
    const outputErrors = new Map([[dense.outputs[0]!, Float64Array.of(0.5, 0, -0.25, 0)]]);
    const biasOf = (corrections: ApplyOptions): number[] => {
      const { tensors, nodes } = apply(graph, decided, corrections).graph;
      const { data, quantization } = tensors[nodes.find(({ kind }) => kind === 'FULLY_CONNECTED')!.inputs[2]!]!;
      return Array.from(data as Int32Array, (value, channel) => value * quantization!.scale[channel]!);
    };
    for (const base of [{}, { correctBias: calibration }]) {
      const [plain, corrected] = [biasOf(base), biasOf({ ...base, outputErrors })];
      [0.5, 0, -0.25, 0].forEach((error, channel) =>
        expect(plain[channel]! - corrected[channel]!).toBeCloseTo(error, 3),
      );
    }
  });
});
