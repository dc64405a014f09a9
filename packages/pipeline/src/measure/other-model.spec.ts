// What a device gives held against another model: the real values of both, on inputs that were not rounded before.
import { modelLayout } from '@wherry/device-protocol';
import { referenceEngine, type Graph, type TensorData } from '@wherry/graph';
import { referenceModel, simulatedPort, systemTime } from '@wherry/serial-profiler';
import { noProgress } from '../progress.js';
import { smallInt8 } from '../testing/small-int8.js';
import { measureOn } from './measure-device.js';
import { inputsByChance } from './measured-inputs.js';
import { measurementText } from './measurement-text.js';
import type { Measurement } from './measurement.js';

const graph: Graph = smallInt8();
const sha256 = 'cd'.repeat(32);
const model = {
  ...{ path: 'small.tflite', fileName: 'small.tflite', sha256, graph },
  ...{ layers: graph.nodes.map(({ origin }) => origin), profile: undefined, foretold: undefined },
};
const report = {
  ...{ file: 'float.h5', called: 'float.h5', sha256, numbers: 'float32' },
  ...{ format: 'keras', producer: null },
} as never;

function measured(
  row: (inputs: readonly TensorData[]) => Promise<{ at(position: number): ArrayLike<number> | undefined }>,
): Promise<Measurement> {
  const port = simulatedPort({
    ...{ model: referenceModel(graph, sha256), time: systemTime, seed: 1, baud: 10_000_000, delayMs: 0, bootMs: 1 },
  });
  const device = {
    ...{
      line: { port, time: systemTime, number: () => 7 },
      emulated: null,
      kernels: null,
      foretold: null,
      modelFlash: null,
      modelRam: null,
    },
    ...{ expected: { model: sha256, layout: modelLayout(graph), arenaBytes: 64, profile: 'host-reference' } },
    close: () => undefined,
  };
  const other = { report, warnings: [], run: row, dispose: () => undefined };
  return measureOn(device, { model, inputs: inputsByChance(graph, 5), other, parityOnly: true }, noProgress);
}

/** What the integers come to, as real values. */
async function own(inputs: readonly TensorData[]): Promise<Float64Array> {
  const executor = await referenceEngine.prepare(graph);
  const integers = inputs.map((values) =>
    Int8Array.from(values as Float64Array, (value) => Math.round(value / Math.fround(0.05)) - 3),
  );
  const [scores] = await executor.run(integers);
  return Float64Array.from(scores as Int8Array, (value) => (value - 5) * Math.fround(0.3));
}

it('gives the figures of the difference to it, and not of that to the reference', async () => {
  const same = await measured(async (inputs) => own(inputs).then((row) => ({ at: () => row })));
  expect(same.parity.against).toMatchObject([{ name: 'scores', samples: 5, acc: 1, rmse: 0, mae: 0 }]);
  const shifted = await measured(async (inputs) =>
    own(inputs).then((row) => ({ at: () => row.map((value) => value - 0.25) })),
  );
  expect(shifted.parity).toMatchObject({ verdict: 'identical', outputs: [{ rmse: 0 }] });
  const [figures] = shifted.parity.against!;
  expect([figures!.mean, figures!.rmse, figures!.std]).toEqual(
    [0.25, 0.25, 0].map((value) => expect.closeTo(value, 5) as number),
  );
  expect(measurementText(shifted)).toMatch(
    /against {7}float\.h5 \(float32\), on the same inputs[^]*output scores: .*rmse 0\.25/,
  );
});

it('leaves out what the other model does not have', async () => {
  const { parity } = await measured(() => Promise.resolve({ at: () => undefined }));
  expect(parity.against).toEqual([]);
});
