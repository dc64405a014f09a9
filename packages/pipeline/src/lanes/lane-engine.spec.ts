// Graphs on lanes give what they give here, whichever lane answers first; what fails there is thrown here; what is ended is ended.
import { GraphBuilder, referenceEngine, WherryError, type Engine, type Graph, type TensorData } from '@wherry/graph';
import { LaneClient } from './lane-client.js';
import { laneCount } from './lane-count.js';
import { laneEngine } from './lane-engine.js';
import type { LanePort } from './lane-messages.js';
import { serveLane } from './lane-server.js';
import { startLane, type LaneThread } from './lane-thread.js';
import { withSharedWeights } from './shared-weights.js';

/** Plain values alone, as a channel takes them. */
function copied<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copied) as T;
  if (ArrayBuffer.isView(value))
    return value.buffer instanceof SharedArrayBuffer ? value : ((value as unknown as Uint8Array).slice() as T);
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, copied(each)])) as T;
  if (typeof value === 'function') throw new TypeError('a function cannot be sent');
  if (typeof value !== 'object' || value === null) return value;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copied(each)])) as T;
}

function channel(delay: number): [LanePort, LanePort] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const port = (own: number): LanePort => ({
    on: (_, listener) => listeners[own]!.push(listener),
    postMessage: (message) => {
      const sent = copied(message);
      setTimeout(() => listeners[1 - own]!.forEach((listener) => listener(sent)), delay);
    },
  });
  return [port(0), port(1)];
}

const ended: number[] = [];
const prepared: Graph[][] = [];

function threads(engine: Engine = referenceEngine): () => LaneThread {
  let started = 0;
  return () => {
    const number = started++;
    const [near, far] = channel(number * 3);
    prepared[number] = [];
    serveLane(far, () =>
      Promise.resolve({
        ...engine,
        prepare: (graph) => {
          prepared[number]!.push(graph);
          return engine.prepare(graph);
        },
      }),
    );
    const client = new LaneClient(near);
    return {
      client,
      end: () => {
        ended.push(number);
        client.end(new Error('ended'));
        return Promise.resolve();
      },
    };
  };
}

function dense(): Graph {
  const builder = new GraphBuilder('dense');
  const weights = builder.constant(
    'w',
    [64, 32],
    Float32Array.from({ length: 2048 }, (_, i) => Math.sin(i)),
    'float32',
  );
  const hidden = builder.add('FULLY_CONNECTED', [builder.input('x', [1, 32], 'float32'), weights], {}, { origin: 'd' });
  return builder.finish([builder.add('RELU', [hidden], {}, { origin: 'r' })]);
}

const sampleOf = (seed: number): Float32Array => Float32Array.from({ length: 32 }, (_, i) => Math.cos(i * seed));

async function seenOn(engine: Engine, graph: Graph, count: number) {
  const executor = await engine.prepare(graph);
  const runs = Array.from({ length: count }, async (_, sample) => {
    const seen: [number, TensorData][] = [];
    const outputs = await executor.run([sampleOf(sample)], {
      wants: (id) => id !== graph.outputs[0],
      see: (id, data) => seen.push([id, data.slice()]),
    });
    return { outputs, seen };
  });
  const results = await Promise.all(runs);
  executor.dispose();
  return results;
}

it('gives the same on two lanes as here, and sends weights that are shared as they are', async () => {
  const graph = withSharedWeights(dense());
  const engine = laneEngine('two', 2, threads());
  expect(await seenOn(engine, graph, 9)).toEqual(await seenOn(referenceEngine, dense(), 9));
  const weights = graph.tensors.find(({ data }) => data !== undefined)!.data!;
  expect(prepared.map((graphs) => graphs.length)).toEqual([1, 1]);
  for (const [sent] of prepared) expect(sent!.tensors.some(({ data }) => data === weights)).toBe(true);
});

it('keeps the executors of a lane apart, copies what they show, and ends what is disposed of', async () => {
  const disposed: string[] = [];
  const reusing: Engine = {
    name: 'reusing',
    prepare: async (graph) => {
      const executor = await referenceEngine.prepare(graph);
      return {
        run: (feeds, observer) =>
          executor.run(feeds, {
            wants: (id) => observer!.wants(id),
            see: (id, data) => {
              const shown = data.slice();
              observer!.see(id, shown);
              shown.fill(77 as never);
            },
          }),
        dispose: () => void disposed.push(graph.name),
      };
    },
  };
  const engine = laneEngine('one', 1, threads(reusing));
  const other = { ...dense(), name: 'other', outputs: dense().nodes[0]!.outputs };
  const executors = [await engine.prepare(dense()), await engine.prepare(other)];
  const seen: TensorData[] = [];
  const [first, second] = await Promise.all(
    executors.map((each) => each.run([sampleOf(2)], { wants: () => true, see: (_, data) => seen.push(data) })),
  );
  const expected = await Promise.all(
    [dense(), other].map(async (graph) => (await referenceEngine.prepare(graph)).run([sampleOf(2)])),
  );
  expect([first, second]).toEqual(expected);
  expect(seen.some((data) => data.includes(77 as never))).toBe(false);
  executors[0]!.dispose();
  await executors[1]!.run([sampleOf(3)]);
  expect(disposed).toEqual(['dense']);
  // It is prepared anew, as after a rest.
  expect(await executors[0]!.run([sampleOf(2)])).toEqual(expected[0]);
});

it('holds nothing on a lane of what was disposed of', async () => {
  const { client } = threads()();
  await client.ask('prepare', { executor: 4, graph: dense() });
  const run = () => client.ask('run', { executor: 4, feeds: [sampleOf(1)], wanted: [] });
  expect((await run()).outputs).toHaveLength(1);
  await client.ask('dispose', { executor: 4 });
  await expect(run()).rejects.toThrow();
});

it('runs on a lane only what is ready there, however long that takes', async () => {
  const slow: Engine = {
    ...referenceEngine,
    prepare: async (graph) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return referenceEngine.prepare(graph);
    },
  };
  expect(await seenOn(laneEngine('one', 1, threads(slow)), dense(), 3)).toEqual(
    await seenOn(referenceEngine, dense(), 3),
  );
});

it('prepares a graph once on a lane, and leaves no failure that nobody hears of', async () => {
  const unheard: unknown[] = [];
  const listen = (reason: unknown): unknown => unheard.push(reason);
  process.on('unhandledRejection', listen);
  try {
    const engine = laneEngine('two', 2, threads());
    await seenOn(engine, dense(), 9);
    expect(prepared.map((graphs) => graphs.length)).toEqual([1, 1]);
    const broken: Engine = { name: 'broken', prepare: () => Promise.reject(new TypeError('no such thing')) };
    const executor = await laneEngine('one', 1, threads(broken)).prepare(dense());
    await expect(executor.run([sampleOf(1)])).rejects.toThrow('no such thing');
    executor.dispose();
    await engine.rest();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unheard).toEqual([]);
  } finally {
    process.off('unhandledRejection', listen);
  }
});

it('throws here what is thrown there, with its code', async () => {
  const executor = await laneEngine('one', 1, threads()).prepare(dense());
  await expect(executor.run([new Float32Array(3)])).rejects.toThrow(WherryError);
  await expect(executor.run([new Float32Array(3)])).rejects.toThrow(/^GRAPH_FEED/);
  const broken: Engine = { name: 'broken', prepare: () => Promise.reject(new TypeError('no such thing')) };
  const unprepared = await laneEngine('one', 1, threads(broken)).prepare(dense());
  await expect(unprepared.run([sampleOf(1)])).rejects.toThrow('no such thing');
});

it('starts new threads after a rest, and whoever waits is told of the end', async () => {
  ended.splice(0);
  const engine = laneEngine('two', 2, threads());
  const executor = await engine.prepare(dense());
  const waiting = executor.run([sampleOf(1)]);
  waiting.catch(() => undefined);
  await engine.rest();
  await expect(waiting).rejects.toThrow('ended');
  expect(ended).toEqual([0, 1]);
  expect(await seenOn(engine, dense(), 2)).toEqual(await seenOn(referenceEngine, dense(), 2));
});

it('starts no thread once the run was asked to stop', async () => {
  const stopped = AbortSignal.abort(new Error('stop'));
  const engine = laneEngine('two', 2, () => startLane('wasm', stopped));
  await expect(engine.prepare(dense())).rejects.toThrow('stop');
  const collected = { histograms: false, channels: false, moving: false };
  await expect(engine.openCalibration({ graph: dense(), judged: [], sameness: false, collected })).rejects.toThrow(
    'stop',
  );
});

it('calibrates on one lane where averages in the order of the samples are wanted', async () => {
  const engine = laneEngine('two', 2, threads());
  const task = { graph: dense(), judged: [], sameness: false };
  const lanes = (moving: boolean) =>
    engine.openCalibration({ ...task, collected: { histograms: false, channels: false, moving } });
  expect((await lanes(false)).length).toBe(2);
  expect((await lanes(true)).length).toBe(1);
});

it('takes lanes for what is worth it', () => {
  const graph = dense();
  expect(laneCount(graph, 500, 8)).toBe(0);
  expect([2, 8].map((cores) => laneCount(graph, 1e9, cores))).toEqual([2, 2]);
  expect(laneCount(graph, 1e9, 1)).toBe(1);
  const large = { ...graph, tensors: [...graph.tensors, { ...graph.tensors[1]!, data: new Float32Array(2 ** 25) }] };
  expect(laneCount(large, 1e9, 8)).toBe(1);
});
