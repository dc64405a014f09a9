// One lane, two on this thread, and two that answer late and from elsewhere: the same calibration, to the last bit.
import { setImmediate } from 'node:timers/promises';
import { GraphBuilder, referenceEngine, type Graph, type TensorData } from '@wherry/graph';
import { scalableTensors } from '../equalize/channel-pairs.js';
import { SampleReservoir } from '../select/sample-reservoir.js';
import { pairedLayers } from '../testing/paired-layers.js';
import { samplesOf, smallNetwork } from '../testing/small-network.js';
import { blockOf, foldOf, folds } from './blocks.js';
import { calibrate, type CrossCalibration } from './calibrate.js';
import { openLane, type CalibrationLane, type CalibrationTask } from './calibration-lane.js';
import { ConstancyWatch } from './constancy-watch.js';

type Stream = readonly (readonly TensorData[])[];

const growing = (graph: Graph): Stream => Array.from({ length: 40 }, (_, i) => samplesOf(graph, 40, 1.1 ** i)[i]!);
const small = smallNetwork();
const samples = growing(small);

type OpenLanes = (task: CalibrationTask) => Promise<readonly CalibrationLane[]>;

/** Plain values alone, as a channel takes them. */
function copied<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copied) as T;
  if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice() as T;
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, copied(each)])) as T;
  if (typeof value === 'function') throw new TypeError('a function cannot be sent');
  if (typeof value !== 'object' || value === null) return value;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copied(each)])) as T;
}

/** As over a channel: copies of everything, and the second lane always late. */
const elsewhere: OpenLanes = (task) =>
  Promise.all(
    [0, 5].map(async (delay) => {
      const lane = await openLane(referenceEngine, copied(task));
      const later = () => new Promise((resolve) => setTimeout(resolve, delay));
      return {
        add: async (sample, fold) => {
          const seen = copied(await lane.add(copied(sample), fold));
          await later();
          return seen;
        },
        end: async () => copied(await lane.end()),
      } satisfies CalibrationLane;
    }),
  );

async function run(openLanes?: OpenLanes, stream: Stream = samples, graph = small) {
  const reservoir = new SampleReservoir(7);
  const constancy = new ConstancyWatch(graph);
  const outputs: (readonly TensorData[])[] = [];
  const done: number[] = [];
  const calibration = await calibrate(
    graph,
    referenceEngine,
    (async function* () {
      yield* stream;
    })(),
    {
      count: stream.length,
      reservoir,
      constancy,
      collected: { histograms: true, channels: true, moving: false },
      outputs: (given) => outputs.push(given),
      progress: (count) => done.push(count),
      ...(openLanes && { openLanes }),
    },
  );
  return {
    calibration: plain(calibration, graph),
    kept: reservoir.samples,
    outputs,
    done,
    warnings: constancy.warnings(),
  };
}

function plain({ folds, ...whole }: CrossCalibration, graph: Graph) {
  return [whole, ...(folds ?? [])].map(({ samples: count, statistics, channelsOf }) => ({
    count,
    statistics: [...statistics].map(([id, { min, max, channelMean, histogram }]) => ({
      ...{ id, min, max, channelMean },
      bins: histogram.state,
    })),
    channels: scalableTensors(graph).map((id) => channelsOf(id).state),
  }));
}

it.each([1, 2, 3, 40])('give the same for %i samples', async (count) => {
  const one = await run(undefined, samples.slice(0, count));
  expect(one.done).toEqual(Array.from({ length: count }, (_, i) => i + 1));
  expect(await run(elsewhere, samples.slice(0, count))).toEqual(one);
});

it('count the channels of both halves, apart and together', async () => {
  const paired = pairedLayers();
  expect(scalableTensors(paired)).toHaveLength(1);
  const [one, two] = [await run(undefined, growing(paired), paired), await run(elsewhere, growing(paired), paired)];
  expect(two.calibration).toEqual(one.calibration);
  expect(one.calibration.map(({ channels: [state] }) => state!.samples)).toEqual([40, 24, 16]);
});

it('see a half each, in the order of its samples', async () => {
  const given: [number, number][][] = [[], []];
  await run(async (task) =>
    (await elsewhere(task)).map((lane, number) => ({
      ...lane,
      add: (sample, fold) => {
        given[number]!.push([fold, samples.findIndex(([x]) => x === sample[0])]);
        return lane.add(sample, fold);
      },
    })),
  );
  for (const fold of folds) {
    const own = samples.map((_, i) => i).filter((i) => foldOf(blockOf(i, samples.length)) === fold);
    expect(given[fold]).toEqual(own.map((i) => [fold, i]));
  }
});

it('tell what is not finite of the first sample that has it', async () => {
  const broken = samples.map((sample, i) =>
    i === 17 || i === 3 ? sample.map((data) => new Float32Array(data.length).fill(Infinity)) : sample,
  );
  for (const openLanes of [undefined, elsewhere])
    await expect(run(openLanes, broken)).rejects.toThrow(/QUANT_NOT_FINITE: sample 3 /);
});

it('throw what a lane is ended by', async () => {
  const failing: OpenLanes = async (task) => [
    { ...(await openLane(referenceEngine, task)), add: () => Promise.reject(new Error('gone')) },
  ];
  await expect(run(failing)).rejects.toThrow('gone');
});

/** One value in, so many out. */
function wide(units: number) {
  const builder = new GraphBuilder('wide');
  const weights = builder.constant('w', [units, 1], new Float32Array(units).fill(1), 'float32');
  const scores = builder.add('FULLY_CONNECTED', [builder.input('x', [1, 1], 'float32'), weights], {}, { origin: 'd' });
  return builder.finish([scores]);
}

it('tell of a layer that is the same for both halves, and not of one that is the same for one', async () => {
  const builder = new GraphBuilder('rectified');
  const rectified = builder.finish([
    builder.add('RELU', [builder.input('x', [1, 2], 'float32')], {}, { origin: 'rectified' }),
  ]);
  const warned = async (positive: (i: number) => boolean): Promise<number> => {
    const constancy = new ConstancyWatch(rectified);
    const rows = Array.from({ length: 32 }, (_, i) => [Float32Array.of(positive(i) ? i + 1 : -i - 1, -1)]);
    const stream = (async function* () {
      yield* rows;
    })();
    await calibrate(rectified, referenceEngine, stream, { count: rows.length, constancy, openLanes: elsewhere });
    return constancy.warnings().length;
  };
  expect(await warned(() => false)).toBe(1);
  for (const fold of folds) expect(await warned((i) => foldOf(blockOf(i, 32)) === fold)).toBe(0);
});

it('let no more samples wait than there is memory for, what came of them included', async () => {
  const twoMegabytes = 2 ** 19;
  const large = wide(twoMegabytes);
  let [given, most] = [0, 0];
  const rows = Array.from({ length: 12 }, (_, i) => [Float32Array.of(i)]);
  const run = (reservoir?: SampleReservoir) =>
    calibrate(
      large,
      referenceEngine,
      (async function* () {
        for (const row of rows) {
          given += 1;
          yield row;
        }
      })(),
      {
        count: rows.length,
        collected: { histograms: false, channels: false, moving: false },
        ...(reservoir && { reservoir }),
        progress: (done) => (most = Math.max(most, given - done)),
        openLanes: elsewhere,
      },
    );
  await run();
  expect(most).toBe(7);
  [given, most] = [0, 0];
  // Outputs, and the same once more as what is judged.
  await run(new SampleReservoir(1));
  expect(most).toBe(3);
}, 20_000);

it('leave no failure that nobody hears of, on whichever lane it is', async () => {
  const unheard: unknown[] = [];
  const listen = (reason: unknown): unknown => unheard.push(reason);
  process.on('unhandledRejection', listen);
  try {
    const failing: OpenLanes = async (task) => {
      const lanes = await elsewhere(task);
      return [lanes[0]!, { ...lanes[1]!, add: () => Promise.reject(new Error('gone')) }];
    };
    await expect(run(failing)).rejects.toThrow('gone');
    await setImmediate();
    expect(unheard).toEqual([]);
  } finally {
    process.off('unhandledRejection', listen);
  }
});
