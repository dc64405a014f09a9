// A board that speaks the text of MLPerf Tiny: what is compared there, and what is said of it.
import { modelLayout } from '@wherry/device-protocol';
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

function measured(board: Partial<MlperfModel> = {}, parityOnly = false): Promise<Measurement> {
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
    ...{ expected: { model: sha256, layout: modelLayout(graph), arenaBytes: 0, profile: 'host-reference' } },
    close: () => undefined,
  };
  return measureByText(device, { model, inputs: inputsByChance(graph, 3), windows, parityOnly }, noProgress);
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
