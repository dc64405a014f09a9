// A padding value that stands for minus infinity: it must not stretch the scale of what is padded.
import { evaluate, GraphBuilder, referenceEngine } from '@wherry/graph';
import { select, type SelectOptions } from '../select/select.js';
import { calibrated, samplesOf } from '../testing/small-network.js';

it.each([-Infinity, -3.39e38])('pads with %d by the least integer', async (least) => {
  const builder = new GraphBuilder('padded');
  const constant = (name: string, data: Int32Array | Float32Array, shape: readonly number[]) =>
    builder.constant(name, shape, data, data instanceof Int32Array ? 'int32' : 'float32');
  const padding = constant('padding', Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0), [4, 2]);
  const padded = builder.add(
    'PADV2',
    [builder.input('x', [1, 6, 6, 1], 'float32'), padding, constant('least', Float32Array.of(least), [])],
    {},
    { origin: 'pad' },
  );
  const graph = builder.finish([
    builder.add('MAX_POOL_2D', [padded], { filterH: 2, filterW: 2, strideH: 2, strideW: 2 }, { origin: 'pool' }),
  ]);
  const samples = samplesOf(graph, 4);
  const options: SelectOptions = {
    method: 'min-max',
    percentile: 99.99,
    correctBias: false,
    equalize: false,
    scheme: 'int8',
    granularity: () => 'per-axis',
    inputType: 'float32',
    outputType: 'float32',
  };
  const { graph: quantized } = await select(graph, await calibrated(graph, samples), referenceEngine, [], options);
  const [expected, actual] = [evaluate(graph, samples[0]!)[0]!, evaluate(quantized, samples[0]!)[0]!];
  expected.forEach((value, i) => expect(Math.abs(Number(actual[i]) - Number(value))).toBeLessThan(0.01));
});
