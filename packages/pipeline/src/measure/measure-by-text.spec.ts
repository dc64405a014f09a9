// A board that speaks the text of MLPerf Tiny: what is compared there, and what is said of it.
import { modelLayout } from '@wherry/device-protocol';
import { GraphBuilder, type Graph } from '@wherry/graph';
import {
  MlperfBoard,
  referenceModel,
  systemTime,
  type MlperfModel,
  type Port,
  type PortEvents,
} from '@wherry/serial-profiler';
import { noProgress } from '../progress.js';
import { smallInt8 } from '../testing/small-int8.js';
import { measureByText } from './measure-by-text.js';
import { inputsByChance } from './measured-inputs.js';
import { measurementText } from './measurement-text.js';
import type { Measurement } from './measurement.js';

const graph = smallInt8();
const sha256 = 'ef'.repeat(32);
const reference = referenceModel(graph, sha256);
const model = {
  ...{ path: 'small.tflite', fileName: 'small.tflite', sha256, graph },
  ...{ layers: graph.nodes.map(({ origin }) => `my ${origin}`), profile: undefined, foretold: undefined },
};
const windows = { windows: 2, windowMs: 30, inferences: 2, warmUp: 0, runMs: 1000 };

/** Two ends of one line. */
function line(): readonly [Port, Port] {
  const listeners: (PortEvents | undefined)[] = [];
  const end = (own: number): Port => ({
    name: own === 0 ? 'host' : 'board',
    listen: (events) => (listeners[own] = events),
    write: (bytes) => {
      const sent = bytes.slice();
      setImmediate(() => listeners[1 - own]?.data(sent));
    },
    waiting: () => 0,
    close: () => (listeners[own] = undefined),
  });
  return [end(0), end(1)];
}

const scores = (input: Uint8Array): readonly number[] => {
  const [bytes] = reference.run([input]).outputs;
  return [...new Int8Array(bytes!.slice().buffer)].map((value) => (value - 5) * Math.fround(0.3));
};

function measured(board: Partial<MlperfModel> = {}, parityOnly = false, of = graph): Promise<Measurement> {
  const [host, port] = line();
  const speaks = { name: 'ic01', inputBytes: 25, microseconds: 2000, results: scores, ...board };
  new MlperfBoard({ port, time: systemTime, model: speaks, bootMs: 1 });
  const device = {
    ...{
      line: { port: host, time: systemTime, number: () => 7 },
      emulated: null,
      kernels: null,
      foretold: null,
      modelFlash: null,
      modelRam: null,
    },
    ...{ expected: { model: sha256, layout: modelLayout(of), arenaBytes: 0, profile: 'host-reference' } },
    close: () => undefined,
  };
  return measureByText(
    device,
    { model: { ...model, graph: of }, inputs: inputsByChance(of, 3), windows, parityOnly },
    noProgress,
  );
}

it('says how near the printed output is, and what an inference takes, and nothing of layers', async () => {
  const measurement = await measured();
  expect(measurement.parity).toMatchObject({ verdict: 'close', printed: true, tensors: 1, inputs: 3, differing: [] });
  expect(measurement.cost).toMatchObject({ unit: 'ms', windows: 2 });
  expect(measurement.cost!.inference).toBeGreaterThan(1.9);
  expect(measurement.layers).toEqual([]);
  const text = measurementText(measurement);
  expect(text).toMatch(/as far as the device prints it[^]*not told by the device$/);
  expect(text).not.toContain('bit for bit');
});

it('finds one value that is one step off', async () => {
  const wrong = (input: Uint8Array): readonly number[] =>
    scores(input).map((value, at) => (at === 4 ? value + 0.3 : value));
  const { parity } = await measured({ results: wrong }, true);
  expect(parity).toMatchObject({
    verdict: 'different',
    differing: [
      {
        layer: 'my scores',
        operator: 'FULLY_CONNECTED',
        tensor: 2,
        dtype: 'float32',
        inputs: 3,
        difference: { element: [0, 4], differing: 1 },
      },
    ],
  });
});

const warned = ({ warnings }: Measurement): readonly string[] => warnings.map(({ what }) => what);

it('finds a firmware that takes 128 off what is loaded, as two of the benchmark do, and says so', async () => {
  const results = (input: Uint8Array): readonly number[] => scores(input.map((byte) => byte ^ 0x80));
  const measurement = await measured({ results }, true);
  expect(measurement.parity).toMatchObject({ verdict: 'close', inputs: 3 });
  expect(warned(measurement)).toEqual([expect.stringContaining('takes 128 off each byte')]);
  expect(warned(await measured({}, true))).toEqual([]);
});

/** Gives back what it gets, in two outputs. */
function twice(scale: number): Graph {
  const builder = new GraphBuilder('twice');
  const quantization = { scale: [Math.fround(scale)], zeroPoint: [0], axis: 0 };
  const input = builder.input('sound', [1, 8], 'int8', quantization);
  const ends = ['first', 'second'].map((origin) =>
    builder.add(
      'RESHAPE',
      [input, builder.indices(`${origin} shape`, [1, 8])],
      {},
      { origin, outputQuantization: quantization },
    ),
  );
  return builder.finish(ends);
}
const realsOf = (input: Uint8Array, scale: number): readonly number[] =>
  [...new Int8Array(input.slice().buffer)].map((value) => value * Math.fround(scale));

it('names the outputs that are not seen, and says what a thousandth of the first is', async () => {
  const of = (scale: number): Promise<Measurement> =>
    measured({ inputBytes: 8, results: (input) => realsOf(input, scale) }, true, twice(scale));
  const [warning] = warned(await of(0.0001));
  expect(warning).toMatch(/^nothing is seen of second.*; a thousandth of the first output is 10 of its integer steps$/);
  expect(warned(await of(0.01))).toEqual([expect.stringMatching(/^nothing is seen of second[^;]*$/)]);
  // Of 128 steps: the last thousandth that is not to be seen, and the first that is.
  await expect(of(0.000_007_7)).rejects.toThrow(/^MLPERF_UNSEEN: .* 0\.00099 at most/);
  expect((await of(0.000_007_9)).parity.verdict).toBe('close');
  await expect(of(0.000_001)).rejects.toThrow(/^MLPERF_UNSEEN: .* the first output is 0.00013 at most/);
});

it('finds a firmware that prints how far an output is from its input, as one of the benchmark does', async () => {
  const builder = new GraphBuilder('one');
  const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };
  const input = builder.input('sound', [1, 8], 'int8', quantization);
  const graph = builder.finish([
    builder.add('RELU', [input], {}, { origin: 'same', outputQuantization: quantization }),
  ]);
  const error = (off: number) => (loaded: Uint8Array) => {
    const values = loaded.length === 32 ? [...new Float32Array(loaded.slice().buffer)] : [1e6];
    return [off + values.reduce((sum, value) => sum + Math.min(value, 0) ** 2, 0) / 8];
  };
  const sound = await measured({ inputBytes: 32, results: error(0) }, true, graph);
  expect(sound.parity).toMatchObject({ verdict: 'close', inputs: 3 });
  expect(warned(sound)).toEqual([expect.stringContaining('prints how far the output is from them')]);
  const wrong = await measured({ inputBytes: 32, results: error(0.01) }, true, graph);
  expect(wrong.parity).toMatchObject({ verdict: 'different', differing: [{ shape: [1], inputs: 3 }] });
});

it('takes results that are cut and not rounded, as one of the benchmark has them, and not one that is less', async () => {
  // Its greatest value is 0.999744.
  const scale = 0.007872;
  const verdictOf = async (printed: (value: number) => number): Promise<string> => {
    const results = (input: Uint8Array) => realsOf(input, scale).map((value) => (value > 0 ? printed(value) : value));
    return (await measured({ inputBytes: 8, results }, true, twice(scale))).parity.verdict;
  };
  expect(await verdictOf((value) => Math.floor(value * 1000) / 1000)).toBe('close');
  expect(await verdictOf((value) => value - 0.002)).toBe('different');
  expect(await verdictOf((value) => value + 0.002)).toBe('different');
});

it.each([
  [
    'another model by its hash',
    { name: '0123456789abcdef' },
    /^MLPERF_CONTRADICTS: the firmware has the model 0123456789abcdef…, and not small.tflite/,
  ],
  [
    'another number of results',
    { results: () => [1] },
    /^MLPERF_CONTRADICTS: the device prints 1 results, .* has 6 values/,
  ],
])('refuses %s', async (_, board, words) => {
  await expect(measured(board)).rejects.toThrow(words);
});

it('takes the firmware of the same model', async () => {
  expect((await measured({ name: sha256.slice(0, 16) }, true)).parity.verdict).toBe('close');
});
