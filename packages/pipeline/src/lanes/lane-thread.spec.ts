// A request to stop that comes while no lane runs is heard by the next one that would start.
import { GraphBuilder } from '@wherry/graph';
import { laneEngine } from './lane-engine.js';
import { startLane } from './lane-thread.js';

it('starts no thread after a request to stop', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  expect(() => startLane('wasm', stop.signal)).toThrow('stopped');
  const engine = laneEngine('two', 2, () => startLane('wasm', stop.signal));
  const builder = new GraphBuilder('relu');
  const input = builder.input('x', [1, 4], 'float32');
  const graph = builder.finish([builder.add('RELU', [input], {}, { origin: 'relu' })]);
  await expect(engine.prepare(graph)).rejects.toThrow('stopped');
  const collected = { histograms: false, channels: false, moving: false };
  await expect(engine.openCalibration({ graph, judged: [], sameness: false, collected })).rejects.toThrow('stopped');
  await engine.rest();
});
