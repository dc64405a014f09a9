// One sample after another on an engine: what is judged is kept, what is not finite is named, and the engine is given back.
import { GraphBuilder, referenceEngine, type Graph } from '@wherry/graph';
import { reusingEngine } from '../testing/reusing-engine.js';
import { openLane, type CalibrationTask } from './calibration-lane.js';
import { everything } from './collection.js';

/** TANH has a scale of its own: nothing of it is collected. */
function bent(): Graph {
  const builder = new GraphBuilder('bent');
  const doubled = builder.constant('w', [2, 2], Float32Array.of(2, 0, 0, 1), 'float32');
  const dense = builder.add('FULLY_CONNECTED', [builder.input('x', [1, 2], 'float32'), doubled], {}, { origin: 'd' });
  return builder.finish([builder.add('TANH', [dense], {}, { origin: 't' })]);
}

const graph = bent();
const [dense, tanh] = graph.nodes.map(({ outputs }) => outputs[0]!) as [number, number];
const task: CalibrationTask = { graph, collected: everything, judged: [tanh, dense], sameness: false };

it('copies what is judged, in the order asked for, though nothing else asks for it', async () => {
  const engine = reusingEngine();
  const lane = await openLane(engine, task);
  const seen = [await lane.add([Float32Array.of(1, 2)], 0), await lane.add([Float32Array.of(-3, 0)], 1)];
  expect(seen.map(({ expected }) => expected[1])).toEqual([Float32Array.of(2, 2), Float32Array.of(-6, 0)]);
  expect(seen.map(({ expected }) => expected[0])).toEqual(seen.map(({ outputs }) => outputs[0]));
  expect(engine.open()).toBe(1);
  const { collected } = await lane.end();
  expect([collected.samples, engine.open()]).toEqual([[1, 1], 0]);
});

it('names the first tensor that is not finite, which those behind it follow', async () => {
  const lane = await openLane(referenceEngine, task);
  expect((await lane.add([Float32Array.of(1, 2)], 0)).notFinite).toBeUndefined();
  expect((await lane.add([Float32Array.of(3e38, 0)], 0)).notFinite).toBe(dense);
  const other = await openLane(referenceEngine, task);
  expect((await other.add([Float32Array.of(0, NaN)], 1)).notFinite).toBe(graph.inputs[0]);
});

it('looks for tensors that stay the same where that is asked for', async () => {
  const lane = await openLane(reusingEngine(), { ...task, sameness: true });
  for (const value of [1, 1, 1]) await lane.add([Float32Array.of(value, 2)], 0);
  const { sameness } = await lane.end();
  expect([...sameness!.values()].every((print) => print !== null)).toBe(true);
  expect((await (await openLane(referenceEngine, task)).end()).sameness).toBeUndefined();
});
