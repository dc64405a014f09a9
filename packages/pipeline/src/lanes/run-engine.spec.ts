// Where a run's graphs run: on lanes where the host has them for so much work, else on this thread.
import { GraphBuilder, referenceEngine, type Graph } from '@wherry/graph';
import type { DeployHost, DeployRequest } from '../deployment.js';
import { defaultSampleLimit } from '../inputs/datasets.js';
import type { LaneEngine } from './lane-engine.js';
import { openEngine } from './run-engine.js';
import { withSharedWeights } from './shared-weights.js';

const builder = new GraphBuilder('g');
const graph = builder.finish([builder.add('RELU', [builder.input('x', [1, 2], 'float32')], {}, { origin: 'r' })]);
const request = (samples?: number): DeployRequest => ({ samples }) as DeployRequest;

it('asks for lanes by the most samples that there can be, and takes them', async () => {
  const asked: [Graph, number][] = [];
  const lanes = { name: 'lanes' } as LaneEngine;
  const host: DeployHost = {
    toolVersion: '0',
    differentiable: () => Promise.reject(new Error('not needed')),
    engine: () => Promise.reject(new Error('not needed')),
    lanes: (...of) => {
      asked.push(of);
      return lanes;
    },
  };
  expect([await openEngine(host, graph, request()), await openEngine(host, graph, request(7))]).toEqual([lanes, lanes]);
  expect(asked).toEqual([
    [graph, defaultSampleLimit],
    [graph, 7],
  ]);
});

it('runs on this thread where there are none, and stops there when it is asked to', async () => {
  const stop = new AbortController();
  const host: DeployHost = {
    toolVersion: '0',
    differentiable: () => Promise.reject(new Error('not needed')),
    engine: () => Promise.resolve(referenceEngine),
    lanes: () => undefined,
    signal: stop.signal,
  };
  const engine = await openEngine(host, graph, request());
  const executor = await engine.prepare(graph);
  expect([engine.name, engine.openCalibration, await executor.run([Float32Array.of(-1, 2)])]).toEqual([
    'reference',
    undefined,
    [Float32Array.of(0, 2)],
  ]);
  await engine.rest();
  stop.abort(new Error('stop'));
  await new Promise((resolve) => setTimeout(resolve, 60));
  await expect(executor.run([Float32Array.of(-1, 2)])).rejects.toThrow('stop');
});

it('has all constants in one piece of shared memory, once each: a small one left behind would hold the whole file', () => {
  const data = Float32Array.from({ length: 2000 }, (_, i) => i);
  const small = Float32Array.of(1, 2);
  const tensors = [data, data, small].map((each, i) => ({
    name: `t${i}`,
    shape: [each.length],
    dtype: 'float32' as const,
    data: each,
  }));
  const shared = withSharedWeights({ ...graph, tensors }).tensors.map((tensor) => tensor.data!);
  expect(shared[0]).toBe(shared[1]);
  expect(shared[0]).not.toBe(data);
  expect([shared[0], shared[0]!.buffer instanceof SharedArrayBuffer, shared[2]]).toEqual([data, true, small]);
  expect(shared[2]!.buffer).toBe(shared[0]!.buffer);
  expect(shared[2]!.buffer.byteLength).toBeLessThan(data.byteLength + 64);
  const again = withSharedWeights(withSharedWeights({ ...graph, tensors }));
  expect(again.tensors[0]!.data!.buffer).toBeInstanceOf(SharedArrayBuffer);
});
