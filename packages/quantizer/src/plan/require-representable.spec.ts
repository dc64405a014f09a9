// A channel of huge weights whose outputs never show is refused; weights of any usual size are not.
import { GraphBuilder, referenceEngine, type Graph } from '@wherry/graph';
import { calibrate } from '../calibrate/calibrate.js';
import { planned } from '../testing/planned.js';

/** Two channels behind a RELU; the one of the huge weights always negative. */
function twoChannels(huge: number, channel: 0 | 1 = 0): Graph {
  const builder = new GraphBuilder('m');
  const input = builder.input('x', [1, 2]);
  const rows = [
    [-huge, -huge],
    [0.5, 1],
  ];
  const values = (channel === 0 ? rows : rows.reverse()).flat();
  const kernel = builder.constant('w', [2, 2], Float32Array.from(values), 'float32');
  const dense = builder.add('FULLY_CONNECTED', [input, kernel, null], { activation: 'RELU' }, { origin: 'd' });
  return builder.finish([dense]);
}

async function* samples(): AsyncGenerator<Float32Array[]> {
  for (const value of [0.25, 0.5, 1]) yield [Float32Array.of(value, 1 - value / 2)];
}

async function planOf(huge: number, channel: 0 | 1 = 0): Promise<unknown> {
  const graph = twoChannels(huge, channel);
  const calibration = await calibrate(graph, referenceEngine, samples());
  return planned(graph, calibration);
}

it('names the channel and its size', async () => {
  for (const channel of [0, 1] as const)
    await expect(planOf(1e38, channel)).rejects.toThrow(
      `QUANT_SCALE_RANGE: the weights w reach 1.00e+38 in channel ${channel}`,
    );
});

it('takes what a runtime can scale', async () => {
  await expect(planOf(1)).resolves.toBeDefined();
  await expect(planOf(1e6)).resolves.toBeDefined();
});
