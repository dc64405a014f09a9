// Which layers the last correction reaches, and that it takes out what is certain only.
import { GraphBuilder, type FusedActivation, type Graph } from '@wherry/graph';
import { randomTensor } from '../testing/random-values.js';
import { ChannelErrors, finalLayer } from './final-layers.js';

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

describe('ChannelErrors', () => {
  it('gives the mean of a channel that errs one way, and 0 for one that only scatters', () => {
    const errors = new ChannelErrors(2);
    for (const sign of [1, -1, 1, -1]) errors.add(2, (i) => (i === 0 ? 0.5 + 0.1 * sign : 0.1 + 3 * sign));
    expect(errors.certainMeans[0]).toBeCloseTo(0.5, 12);
    expect(errors.certainMeans[1]).toBe(0);
  });

  it('is certain of nothing after one row', () => {
    const errors = new ChannelErrors(1);
    errors.add(1, () => 7);
    expect([...errors.certainMeans]).toEqual([0]);
  });
});
