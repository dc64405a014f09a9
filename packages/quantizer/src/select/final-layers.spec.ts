// Which layers the last correction reaches, and that it takes out what is certain only.
import { GraphBuilder, type FusedActivation, type Graph } from '@wherry/graph';
import { randomTensor } from '../testing/random-values.js';
import { finalLayer, meanChannelErrors } from './final-layers.js';

function dense({
  activation = 'NONE',
  bias = true,
  reshaped = [1, 3],
}: { activation?: FusedActivation; bias?: boolean; reshaped?: readonly number[] } = {}): Graph {
  const builder = new GraphBuilder('dense');
  const constants = [
    builder.constant('w', [3, 4], randomTensor([3, 4], 1), 'float32'),
    ...(bias ? [builder.constant('b', [3], randomTensor([3], 2), 'float32')] : []),
  ];
  const layer = builder.add(
    'FULLY_CONNECTED',
    [builder.input('x', [1, 4], 'float32'), ...constants],
    { activation },
    { origin: 'dense' },
  );
  const shape = builder.constant('s', [reshaped.length], Int32Array.from(reshaped), 'int32');
  return builder.finish([builder.add('RESHAPE', [layer, shape], {}, { origin: 'reshape', outputShape: reshaped })]);
}

describe('finalLayer', () => {
  it('finds the layer through reshapes that keep the channels', () => {
    const graph = dense();
    expect(finalLayer(graph, graph.outputs[0]!)?.kind).toBe('FULLY_CONNECTED');
  });

  it.each([[{ activation: 'RELU' as const }], [{ bias: false }], [{ reshaped: [3, 1] }]])(
    'finds none with %j',
    (how) => {
      const graph = dense(how);
      expect(finalLayer(graph, graph.outputs[0]!)).toBeUndefined();
    },
  );
});

describe('meanChannelErrors', () => {
  const pair = (...errors: readonly number[]) => ({
    actual: Float32Array.from(errors),
    expected: new Float32Array(errors.length),
  });

  it('gives the mean of a channel that errs one way, and 0 for one that only scatters', () => {
    const pairs = [1, -1, 1, -1].map((sign) => pair(0.5 + 0.1 * sign, 0.1 + 3 * sign));
    const means = meanChannelErrors(2, pairs, undefined);
    expect(means[0]).toBeCloseTo(0.5, 6);
    expect(means[1]).toBe(0);
  });

  it('is certain of nothing after one sample, however many places it has', () => {
    expect([...meanChannelErrors(1, [pair(7, 7, 7, 7)], undefined)]).toEqual([0]);
  });

  it('takes integers at their scale', () => {
    const expected = Float32Array.of(1);
    const pairs = [0, 1, 2].map(() => ({ actual: Int8Array.of(7), expected }));
    expect([...meanChannelErrors(1, pairs, { scale: [0.5], zeroPoint: [3], axis: 0 })]).toEqual([1]);
  });
});
