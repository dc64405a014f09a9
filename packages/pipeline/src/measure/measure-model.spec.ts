// Measuring on a simulated device: what is found where it computes otherwise, and the documents of it.
import { modelLayout } from '@wherry/device-protocol';
import type { Graph } from '@wherry/graph';
import {
  parseTrace,
  referenceModel,
  replay,
  simulatedPort,
  systemTime,
  tracedLine,
  type SessionLine,
  type SimulatedModel,
} from '@wherry/serial-profiler';
import { noProgress } from '../progress.js';
import { schemaErrors } from '../testing/published-schema.js';
import { smallInt8 } from '../testing/small-int8.js';
import { inputsByChance } from './measured-inputs.js';
import { layersCsv, measurementFiles, traceEvents } from './measurement-files.js';
import { measureOn, type MeasureJob } from './measure-device.js';
import { measurementText } from './measurement-text.js';
import { parityVerdict } from './parity-text.js';
import type { Measurement } from './measurement.js';
import { withPlainKernels } from './with-plain-kernels.js';

const graph = smallInt8();
const sha256 = 'ab'.repeat(32);
const windows = { windows: 3, windowMs: 20, inferences: 2, warmUp: 0, runMs: 1000 };
const small = {
  path: 'small.tflite',
  fileName: 'small.tflite',
  sha256,
  graph,
  layers: graph.nodes.map(({ origin }) => `my ${origin}`),
  profile: undefined,
  foretold: undefined,
};
const device = {
  expected: { model: sha256, layout: modelLayout(graph), arenaBytes: 64, profile: 'host-reference' },
  emulated: 'a simulation',
  kernels: 'optimized' as const,
  foretold: { arenaBytes: 64, isCompiled: false },
  modelFlash: 1234,
  modelRam: null,
  close: () => undefined,
};

/** Runs `onDevice` where `graph` should; `through`: what the line goes through. */
function measured(
  onDevice: Graph | SimulatedModel,
  inputs = 6,
  through: (line: SessionLine) => SessionLine = (line) => line,
  more: Partial<MeasureJob> = {},
  delayMs = 0,
): Promise<Measurement> {
  const model = 'nodes' in onDevice ? referenceModel(onDevice, sha256) : onDevice;
  const port = simulatedPort({ model, time: systemTime, seed: 1, baud: 10_000_000, delayMs, bootMs: 1 });
  const line = through({ port, time: systemTime, number: () => 4711 });
  const job = { model: small, inputs: inputsByChance(graph, inputs), windows, ...more };
  return measureOn({ ...device, line }, job, noProgress);
}

/** The same network with one weight of one layer changed: a kernel that computes otherwise there. */
function withWrong(constant: string, at: number, of = graph): Graph {
  return {
    ...of,
    tensors: of.tensors.map((tensor) => {
      if (tensor.name !== constant) return tensor;
      const data = (tensor.data as Int8Array).slice();
      data[at] = data[at]! > 0 ? data[at]! - 100 : data[at]! + 100;
      return { ...tensor, data };
    }),
  };
}

it('says that a sound device is right in every layer, and what each costs', async () => {
  const measurement = await measured(graph);
  expect(measurement.parity).toMatchObject({ verdict: 'identical', inputs: 6, tensors: 3, differing: [], faulty: [] });
  expect(measurement.layers.map(({ layer }) => layer)).toEqual(graph.nodes.map(({ origin }) => `my ${origin}`));
  const sum = measurement.layers.reduce((total, { cost }) => total + cost!, 0);
  expect(sum).toBeCloseTo(measurement.cost!.inference, 9);
  expect(measurement.cost!.unit).toBe('ms');
  expect(parityVerdict(measurement)).toContain('bit for bit');
  expect(measurementText(measurement)).toMatch(/arena .* bytes/);
});

it.each([
  ['filter', 5, 0, 'my edges (CONV_2D)'],
  ['dense', 30, 2, 'my scores (FULLY_CONNECTED)'],
])('names the one layer that is wrong, and not those behind it: %s', async (constant, at, operator, said) => {
  const measurement = await measured(withWrong(constant, at));
  const { parity } = measurement;
  expect(parity.verdict).toBe('different');
  expect(parity.faulty.map(({ layer }) => layer)).toEqual([`my ${graph.nodes[operator]!.origin}`]);
  const [{ difference, shape } = { difference: undefined, shape: [] }] = parity.faulty;
  expect(difference!.element).toHaveLength(shape.length);
  expect(difference!.expected).not.toBe(difference!.got);
  expect(parity.differing).toHaveLength(graph.nodes.length - operator);
  const parities = layersCsv(measurement, measurement.cost!).trimEnd().split('\r\n').slice(1);
  expect(parities.map((line) => line.split(',').at(-1))).toEqual(
    graph.nodes.map((_, position) => (position < operator ? 'same' : position === operator ? 'faulty' : 'different')),
  );
  expect(parityVerdict(measurement)).toContain(`${said} computes something else than the reference`);
  expect(measurementText(measurement)).toMatch(/rmse/);
});

it('names a layer that is wrong with a later input alone', async () => {
  const dense = referenceModel(withWrong('dense', 30), sha256);
  const both = referenceModel(withWrong('filter', 5, withWrong('dense', 30)), sha256);
  // The first input is all of the least value.
  const run: SimulatedModel['run'] = (inputs) => ((inputs[0]![0]! << 24) >> 24 === -128 ? dense : both).run(inputs);
  const { parity } = await measured({ ...dense, run });
  expect(parity.faulty.map(({ layer }) => layer)).toEqual(['my edges', 'my scores']);
  expect(parity.faulty.map(({ input }) => input > 0)).toEqual([true, false]);
});

it('says that an output is written over once its layer has left it, whatever the layers are', async () => {
  const spoil = (model: SimulatedModel): SimulatedModel => ({
    ...model,
    run: (inputs) => {
      const { tensors, outputs } = model.run(inputs);
      return { tensors, outputs: outputs.map((bytes) => bytes.map((byte, at) => (at === 2 ? byte ^ 0x55 : byte))) };
    },
  });
  const measurement = await measured(spoil(referenceModel(graph, sha256)));
  const { name } = graph.tensors[graph.outputs[0]!]!;
  expect(measurement).toMatchObject({
    ...{ ok: false, exitCode: 6, error: { code: 'MEASURED_DIFFERENT' } },
    parity: { verdict: 'different', differing: [], overwritten: [{ output: 0, name, inputs: 6, input: 0 }] },
  });
  expect(measurement.parity.overwritten[0]!.difference).toMatchObject({ element: [0, 2], differing: 1 });
  expect(measurementText(measurement).replaceAll(/\s+/g, ' ')).toContain(
    `every one of 3 tensors that layers write is right, and output ${name} is another once the inference is over`,
  );
  expect(schemaErrors('measurement')(measurement)).toBeNull();
  const both = await measured(spoil(referenceModel(withWrong('dense', 30), sha256)));
  expect(both.parity.faulty.map(({ layer }) => layer)).toEqual(['my scores']);
  expect(both.parity.overwritten).toMatchObject([{ inputs: 6 }]);
  expect(measurementText(both)).toMatch(/output .* after it was written: first at \[0, 2\]/);
});

it('is as its published schema has it, sound or not', async () => {
  const errorsOf = schemaErrors('measurement');
  const [sound, wrong] = [await measured(graph), await measured(withWrong('dense', 30))];
  const alone = await measured(graph, 2, undefined, { parityOnly: true });
  for (const measurement of [sound, wrong, alone, withPlainKernels(wrong, sound), withPlainKernels(alone, alone)])
    expect(errorsOf(measurement)).toBeNull();
});

it('ends as a failure where a layer differs, as all documents of the tool say it, and says so beside the cost', async () => {
  const [sound, wrong] = [await measured(graph), await measured(withWrong('dense', 30))];
  expect([sound.ok, sound.exitCode, sound.error]).toEqual([true, undefined, undefined]);
  expect(wrong).toMatchObject({
    ...{ ok: false, exitCode: 6 },
    error: { code: 'MEASURED_DIFFERENT', what: parityVerdict(wrong), next: expect.stringContaining('--kernels both') },
  });
  const [onBoth, plainAlone] = [withPlainKernels(wrong, sound), withPlainKernels(sound, wrong)];
  expect([onBoth.ok, plainAlone.ok, withPlainKernels(sound, sound).ok]).toEqual([false, false, true]);
  expect(plainAlone.error!.what).toMatch(/^with plain kernels a simulation computes something else/);
  const costOf = (measurement: Measurement): string => /cost .*\n.*/.exec(measurementText(measurement))![0];
  expect(costOf(sound)).not.toContain('wrong');
  expect(costOf(wrong)).toMatch(/^cost .* an inference, .*: of a wrong result$/m);
  expect(costOf(plainAlone)).toMatch(/^cost .*[^t]\n.* with plain kernels: of a wrong result$/);
  expect(measurementText(wrong)).toMatch(/\nnext {10}measure again with --kernels both/);
  expect(traceEvents(wrong, wrong.cost!)).toMatchObject({ otherData: { result: 'wrong' } });
  expect(traceEvents(sound, sound.cost!)).not.toMatchObject({ otherData: { result: 'wrong' } });
});

it('says how exactly the clock was tested, and warns where that is not well', async () => {
  const slow = await measured(graph, 1, undefined, { windows: { ...windows, windowMs: 2 } }, 3);
  expect(slow.cost!.clockUncertainty).toBeGreaterThan(0.005);
  expect(slow.warnings).toMatchObject([
    { code: 'MEASURED_CLOCK', what: expect.stringMatching(/tested to \d+\.\d % alone/) },
  ]);
  expect(measurementText(slow)).toMatch(
    /\n +by a clock that runs \d+\.\d\d % (slower|faster) than it states, to \d+\.\d\d %\n/,
  );
  const sound = await measured(graph, 1, undefined, { windows: { ...windows, windowMs: 300 } });
  expect(sound.warnings).toEqual([]);
});

it('says which operator it is where its name tells nothing', async () => {
  const opaque = { ...small, layers: ['StatefulPartitionedCall:0', 'edges', 'edges'] };
  const wrong = await measured(withWrong('filter', 5), 2, undefined, { model: opaque });
  expect(wrong.parity.faulty.map(({ position }) => position)).toEqual([0]);
  expect(parityVerdict(wrong)).toContain('operator 0, CONV_2D (StatefulPartitionedCall:0) computes something else');
  const text = measurementText(wrong);
  expect(text).toMatch(/^0: StatefulPartitionedCall:0 +CONV_2D/m);
  expect(text).toMatch(/^1: edges .*\n2: edges /m);
  expect(measurementText(await measured(graph))).toMatch(/^my edges +CONV_2D/m);
});

it('compares layers alone where nothing else is asked for', async () => {
  const measurement = await measured(graph, 2, undefined, { parityOnly: true });
  expect(measurement.parity.verdict).toBe('identical');
  expect(measurement.cost).toBeNull();
  expect(measurement.layers.map(({ cost, share }) => [cost, share])).toEqual(graph.nodes.map(() => [null, null]));
  expect(measurementText(measurement)).toContain('not measured');
  expect([...measurementFiles(measurement).keys()].sort()).toEqual(['files.json', 'measurement.json']);
});

it('comes to the same from a trace, without the device, and to nothing with other inputs', async () => {
  const lines: string[] = [];
  let flush = (): void => undefined;
  const live = await measured(graph, 2, (line) => {
    const traced = tracedLine(line, (text) => void lines.push(text));
    flush = () => traced.flush();
    return traced;
  });
  flush();
  const trace = parseTrace(lines.join(''), 'trace');
  const again = (inputs: number): Promise<Measurement> =>
    replay(trace, (line) =>
      measureOn({ ...device, line }, { model: small, inputs: inputsByChance(graph, inputs), windows }, noProgress),
    );
  expect(await again(2)).toEqual(live);
  expect(live.device.recorded).toBe(false);
  await expect(again(1)).rejects.toThrow('TRACE_DIFFERS');
});

it('gives the layers as a table and as a trace', async () => {
  const measurement = await measured(graph);
  const lines = layersCsv(measurement, measurement.cost!).trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + graph.nodes.length);
  expect(lines[0]).toBe('position,layer,operator,ms,share,macs,ms_per_mac,parity');
  const named = { ...measurement, layers: [{ ...measurement.layers[0]!, layer: '=HYPERLINK("x")' }] };
  expect(layersCsv(named, measurement.cost!)).toContain(`"'=HYPERLINK(""x"")"`);
  const { traceEvents: events } = traceEvents(measurement, measurement.cost!) as {
    traceEvents: { ph: string; ts?: number; dur?: number }[];
  };
  const slices = events.filter(({ ph }) => ph === 'X');
  expect(slices.map(({ ts, dur }) => ts! + dur!).slice(0, -1)).toEqual(slices.slice(1).map(({ ts }) => ts));
  // In microseconds: of a millisecond 1000; an instruction stands for a nanosecond, a thousandth.
  const costs = measurement.layers.map(({ cost }) => cost!);
  expect(slices.map(({ dur }) => dur)).toEqual(costs.map((cost) => cost * 1000));
  const counted = traceEvents(measurement, { ...measurement.cost!, unit: 'instructions' });
  expect(counted).toMatchObject({ traceEvents: [{}, {}, ...costs.map((cost) => ({ dur: cost * 0.001 }))] });
});

it('draws no length of a layer whose cost is not known, and says so', async () => {
  const measurement = await measured(graph, 1);
  const layers = measurement.layers.map((layer, at) => (at === 1 ? { ...layer, cost: null, share: null } : layer));
  const drawn = traceEvents({ ...measurement, layers }, measurement.cost!) as {
    otherData: object;
    traceEvents: { ph: string; name: string; dur?: number }[];
  };
  expect(drawn.otherData).toMatchObject({ layersOfUnknownCost: 1 });
  expect(drawn.traceEvents.filter(({ ph }) => ph === 'X').map(({ name }) => name)).toEqual(['my edges', 'my scores']);
  expect(drawn.traceEvents.filter(({ ph }) => ph === 'i')).toMatchObject([
    { name: expect.stringMatching(/: cost not known$/), args: { cost: null } },
  ]);
  expect(traceEvents(measurement, measurement.cost!)).not.toMatchObject({ otherData: { layersOfUnknownCost: 0 } });
});

it('warns of what either set of kernels is warned of', async () => {
  const sound = await measured(graph, 1);
  const warning = (what: string) => ({ code: 'MEASURED_RESTARTS', title: 't', what, next: 'n' });
  const of = (...whats: string[]): Measurement => ({ ...sound, warnings: whats.map(warning) });
  const { warnings } = withPlainKernels(of('on both', 'on one'), of('on both', 'on the other'));
  expect(warnings.map(({ what }) => what)).toEqual(['on both', 'on one', 'with plain kernels: on the other']);
});

it('tells a kernel that computes otherwise from a layer that both kernels have wrong', async () => {
  const [sound, wrong] = [await measured(graph), await measured(withWrong('dense', 30))];
  const both = withPlainKernels(sound, sound);
  expect(both.plain).toMatchObject({ verdict: 'identical', disagreeing: [] });
  expect(both.layers.map(({ plainCost }) => plainCost)).toEqual(sound.layers.map(({ cost }) => cost));
  expect(measurementText(both)).toContain('plain kernels and those for the core agree in every layer\n');
  expect(layersCsv(both, both.cost!).split('\r\n')[0]).toMatch(/,plain_ms$/);
  const optimized = withPlainKernels(wrong, sound).plain!;
  expect(optimized.disagreeing).toMatchObject([
    { kernels: 'optimized', tensor: { layer: 'my scores', shape: [1, 6] } },
  ]);
  expect(measurementText(withPlainKernels(wrong, sound))).toMatch(
    /the kernel for the core of my scores \(FULLY_CONNECTED\) computes\s+otherwise than the other/,
  );
  expect(withPlainKernels(sound, wrong).plain).toMatchObject({
    verdict: 'different',
    disagreeing: [{ kernels: 'plain' }],
  });
  expect(measurementText(withPlainKernels(wrong, wrong))).toMatch(/agree in every layer, and both\s+differ/);
  // What is overwritten between layers is nobody's fault by itself.
  const overwritten = { ...wrong, parity: { ...wrong.parity, faulty: [] } };
  for (const [both, which] of [
    [withPlainKernels(overwritten, sound), 'those for the core'],
    [withPlainKernels(sound, overwritten), 'plain ones'],
  ] as const) {
    expect(measurementText(both).replaceAll(/\s+/g, ' ')).toContain(
      `kernels with ${which}, tensors differ though no layer is wrong`,
    );
    expect(measurementText(both)).not.toContain('agree');
  }
});

it('does not take a layer for a fault of kernels that both have wrong behind one that is', async () => {
  const both = await measured(withWrong('filter', 5, withWrong('dense', 30)));
  const behind = await measured(withWrong('dense', 30));
  const plain = withPlainKernels(both, behind).plain!;
  expect(plain.disagreeing).toMatchObject([{ kernels: 'optimized', tensor: { tensor: 0, layer: 'my edges' } }]);
});
