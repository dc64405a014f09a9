// A model that is quantized already, from its file to the output set: nothing of its numbers is changed, and none is lost.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, referenceEngine, tensorAt, WherryError, type Graph } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { quantizeFeeds } from '@wherry/quantizer';
import { decode, encode, graphToModel } from '@wherry/tflite-writer';
import { attempt, deploy } from '../deploy.js';
import type { DeployRequest, Deployment, Verdict } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { reportText } from '../report/report-text.js';
import { reportOf } from '../report/report.js';
import { leftOpen, smallModel, type SmallModel, type RequestOfFiles } from '../testing/small-model.js';

const library = await readProfileFolder();
const host = deployHost('reference', { keepImported: true });
let small: SmallModel;
let given: Graph;
let request: RequestOfFiles;

/** The int8 form of the small model, as a file that somebody else made. */
beforeEach(async () => {
  small = smallModel({ scheme: 'int8' });
  const { quantized } = await deploy(small.request, library, host, noProgress);
  given = quantized.graph;
  request = { ...small.request, ...leftOpen, scheme: undefined, calibration: undefined, model: written(given) };
});
afterEach(() => small.remove());

function written(graph: Graph, name = 'given.tflite'): string {
  const path = join(small.folder, name);
  writeFileSync(path, encode(graphToModel(graph)));
  return path;
}

const run = (changes: Partial<DeployRequest> = {}): Promise<Deployment> =>
  deploy({ ...request, ...changes }, library, host, noProgress);

const refusal = async (changes: Partial<DeployRequest>): Promise<WherryError> => {
  try {
    await run(changes);
  } catch (error) {
    if (error instanceof WherryError) return error;
    throw error;
  }
  throw new Error('it was let through');
};

const textOf = (deployment: Deployment): string => reportText(reportOf(deployment, deployment.files));

it('writes the layers, scales and constants of the file, without any data', async () => {
  const deployment = await run();
  const { graph } = importModel(deployment.tflite);
  const plain = ({ tensors, nodes }: Graph): unknown => [
    tensors.map(({ shape, dtype, quantization, data }) => [shape, dtype, quantization, data]),
    nodes.map(({ kind, attributes, inputs, outputs }) => [kind, attributes, inputs, outputs]),
  ];
  expect(plain(graph)).toEqual(plain(importModel(readFileSync(request.model)).graph));
  expect(deployment.steps).toEqual([]);
  expect([...deployment.files.keys()].sort()).toEqual([
    'model.tflite',
    'model_data.cc',
    'model_data.h',
    'model_io.h',
    'model_ops.h',
    'model_selftest.h',
    'model_settings.h',
    'report.json',
  ]);
  const text = textOf(deployment);
  expect(text).toContain('scheme       as it is: int8, nothing is quantized again');
  expect(text).toMatch(/^ +a {2}as the file has it$/m);
  expect(text).toContain('ACCURACY_NOT_MEASURED');
  expect(reportOf(deployment, deployment.files)).toMatchObject({
    quantization: { scheme: 'as it is', has: 'int8', method: null },
    accuracy: [],
    ownAccuracy: null,
    calibration: null,
  });
});

it('measures it by labels alone, and takes known answers from the samples', async () => {
  const { evaluation } = { evaluation: small.request.calibration };
  const deployment = await run({ evaluation });
  const rows = readFileSync(join(small.folder, 'samples.csv'), 'utf8').trim().split('\n');
  const executor = await referenceEngine.prepare(given);
  let right = 0;
  const otherwise: string[] = [];
  const first: { inputs: Uint8Array[]; outputs: Uint8Array[] }[] = [];
  for (const row of rows) {
    const values = row.split(',').map(Number);
    const feeds = quantizeFeeds(given, [Float32Array.from(values.slice(0, 32))]);
    const [scores] = await executor.run(feeds);
    const list = Array.from(scores as Int8Array);
    const decided = list.indexOf(Math.max(...list));
    if (decided === values[32]) right += 1;
    otherwise.push([...row.split(',').slice(0, 32), (decided + 1) % 4].join(','));
    if (first.length === 0)
      first.push({ inputs: [new Uint8Array(feeds[0]!.buffer.slice(0))], outputs: [Uint8Array.from(list)] });
  }
  expect(deployment.ownAccuracy).toMatchObject([{ task: 'classes', top1: { labelled: 40, right } }]);
  expect(deployment.selfTest[0]).toEqual(first[0]);
  expect(textOf(deployment)).toContain(
    'by the labels of 40 evaluation samples alone: there is no float model to compare with',
  );
  writeFileSync(join(small.folder, 'otherwise.csv'), `${otherwise.join('\n')}\n`);
  const { warnings } = await run({ evaluation: `${join(small.folder, 'otherwise.csv')}?label=32&header=no` });
  // No float model is blamed where there is none.
  expect(warnings.find(({ code }) => code.endsWith('MODEL_WRONG'))).toMatchObject({
    code: 'MODEL_WRONG',
    what: expect.stringMatching(/^the model itself /) as string,
  });
  // The same data by the other name.
  const { ownAccuracy } = await run({ calibration: evaluation });
  expect(ownAccuracy).toEqual(deployment.ownAccuracy);
});

it('warns of data that does not go with the scale of the input', async () => {
  const rows = readFileSync(join(small.folder, 'samples.csv'), 'utf8').trim().split('\n');
  const loud = rows.map((row) => row.split(',').map((value, i) => (i < 32 ? Number(value) * 255 : value)));
  writeFileSync(join(small.folder, 'loud.csv'), `${loud.join('\n')}\n`);
  const codes = async (name: string): Promise<string[]> =>
    (await run({ evaluation: `${join(small.folder, name)}?label=32&header=no` })).warnings.map(({ code }) => code);
  expect(await codes('loud.csv')).toContain('INPUT_RANGE');
  expect(await codes('samples.csv')).not.toContain('INPUT_RANGE');
});

it.each<[string, Partial<DeployRequest>]>([
  ['--scheme int16x8', { scheme: 'int16x8' }],
  ['--method mse', { method: 'mse' }],
  ['--no-bias-correction', { biasCorrection: false }],
  ['--no-equalization', { equalization: false }],
  ['--budget', { budgetSeconds: 1 }],
  ['--compact-matrices', { compactMatrices: true }],
  ['--input-type float32', { inputType: 'float32' }],
  ['--output-type uint8', { outputType: 'uint8' }],
  ['--calibration beside --evaluation', { calibration: 'a.csv', evaluation: 'b.csv' }],
  ['--samples without data', { samples: 3 }],
  ['--preprocess without data', { preprocessing: { divideBy: 255 } }],
])('refuses %s, which would decide nothing', async (words, changes) => {
  const { definition, details } = await refusal(changes);
  expect(definition.code).toBe('SETTING_UNUSED');
  expect(details.what).toContain(words);
});

it('lets through what says what the file has', async () => {
  await run({ scheme: 'int8', inputType: 'int8', outputType: 'int8' });
});

const step = (scale: number, zeroPoint = 0): NonNullable<Parameters<GraphBuilder['input']>[3]> => ({
  scale: [scale],
  zeroPoint: [zeroPoint],
  axis: 0,
});

function hasSoftmaxOfRank4(): Graph {
  const builder = new GraphBuilder('rank 4');
  const input = builder.input('x', [1, 2, 2, 3], 'int8', step(0.1));
  const made = { origin: 'soft', outputQuantization: step(1 / 256, -128) };
  return builder.finish([builder.add('SOFTMAX', [input], { beta: 1 }, made)]);
}

it('keeps clear of a fault of the runtime, and says so', async () => {
  const deployment = await run({ model: written(hasSoftmaxOfRank4(), 'rank4.tflite') });
  expect(deployment.steps.map(({ rewrite }) => rewrite)).toEqual(['work-around-softmax']);
  expect(importModel(deployment.tflite).graph.nodes.map(({ kind }) => kind)).toEqual(['RESHAPE', 'SOFTMAX', 'RESHAPE']);
  const { layers } = reportOf(deployment, deployment.files);
  expect(layers.every(({ liveBytes }) => liveBytes > 0)).toBe(true);
  expect(layers.map(({ decision }) => decision)).toEqual([
    'keeps clear of a known fault of the runtime (see rewrites)',
    'as the file has it',
    'keeps clear of a known fault of the runtime (see rewrites)',
  ]);
});

function uint8Sum(): Graph {
  const builder = new GraphBuilder('uint8');
  const input = builder.input('x', [1, 8], 'uint8', step(0.5, 128));
  return builder.finish([builder.add('ADD', [input, input], {}, { origin: 'sum', outputQuantization: step(1, 128) })]);
}

it('refuses what the runtime has no kernel for, with a way out that leads there', async () => {
  const model = written(uint8Sum(), 'uint8.tflite');
  const { definition, details } = await refusal({ model });
  expect([definition.code, definition.exitCode]).toEqual(['TARGET_CANNOT_RUN', 4]);
  expect(details.what).toContain('uint8');
  const [, profile] = /choose --profile (\S+), which takes the file as it is/.exec(details.next)!;
  const { tflite, warnings } = await run({ model, profile: profile! });
  expect(importModel(tflite).graph.nodes.map(({ kind }) => kind)).toEqual(['ADD']);
  expect(warnings.map(({ code }) => code)).toEqual(['ACCURACY_NOT_MEASURED']);
});

function hybrid(): Graph {
  const builder = new GraphBuilder('hybrid');
  const input = builder.input('x', [1, 4], 'float32');
  const filter = builder.constant('w', [2, 4], Int8Array.of(1, -2, 3, -4, 5, -6, 7, -8), 'int8', step(0.25));
  return builder.finish([builder.add('FULLY_CONNECTED', [input, filter, null], {}, { origin: 'dense' })]);
}

it('takes integer weights under real activations where a runtime has kernels for them, and nowhere else', async () => {
  const model = written(hybrid(), 'hybrid.tflite');
  const { definition, details } = await refusal({ model });
  expect([definition.code, definition.exitCode, details.where]).toEqual(['TARGET_CANNOT_RUN', 4, 'dense']);
  expect(details.what).toMatch(/FULLY_CONNECTED in tflm-esp-nn .*: tensor w is int8; hybrid layers/);
  expect(details.next).toContain('give the float model');
  const deployment = await run({ model, profile: 'android-cpu' });
  expect(textOf(deployment)).toContain('as it is: dynamic range, nothing is quantized again');
  expect(importModel(deployment.tflite).graph.tensors[1]!.data).toEqual(hybrid().tensors[1]!.data);
});

function storedPerAxis(): Graph {
  const builder = new GraphBuilder('stored');
  const input = builder.input('x', [1, 4], 'float32');
  const scales = { scale: [0.25, 0.5], zeroPoint: [0, 0], axis: 0 };
  const stored = builder.constant('w', [2, 4], Int8Array.of(1, -2, 3, -4, 5, -6, 7, -8), 'int8', scales);
  const filter = builder.add('DEQUANTIZE', [stored], {}, { origin: 'widened' });
  return builder.finish([builder.add('FULLY_CONNECTED', [input, filter, null], {}, { origin: 'dense' })]);
}

it('refuses constants with a scale for each channel where DEQUANTIZE reads the first for all', async () => {
  const model = written(storedPerAxis(), 'stored.tflite');
  const { definition, details } = await refusal({ model });
  expect([definition.code, definition.exitCode, details.where]).toEqual(['TARGET_CANNOT_RUN', 4, 'widened']);
  expect(details.what).toMatch(
    /DEQUANTIZE in tflm-esp-nn .*: tensor w is int8 with per-axis scales; .* per-tensor scales/,
  );
  const [, profile] = /choose --profile (\S+), which takes the file as it is/.exec(details.next)!;
  const { tflite } = await run({ model, profile: profile! });
  expect(importModel(tflite).graph.tensors[1]).toMatchObject({ dtype: 'int8', quantization: { scale: [0.25, 0.5] } });
});

it('says that one of several signatures is taken', async () => {
  const model = decode(readFileSync(request.model));
  const [main] = model.subgraphs!;
  const inputs = [{ name: 'a', tensor_index: main!.inputs![0]! }];
  const outputs = [{ name: 'b', tensor_index: main!.outputs![0]! }];
  const signatures = ['first', 'second'].map((key, at) => ({
    signature_key: key,
    subgraph_index: at,
    inputs,
    outputs,
  }));
  const path = join(small.folder, 'two.tflite');
  writeFileSync(path, encode({ ...model, subgraphs: [main!, main!], signature_defs: signatures }));
  const { warnings } = await run({ model: path });
  expect(warnings.find(({ code }) => code === 'TFLITE_SIGNATURES')?.what).toBe(
    'the signature first is taken, and second is left out',
  );
});

function wide(): Graph {
  const builder = new GraphBuilder('wide');
  const input = builder.input('x', [1, 200_000], 'int8', step(0.5));
  const made = { origin: 'sum', outputQuantization: step(1) };
  return builder.finish([builder.add('ADD', [input, input], {}, made)]);
}

it('refuses what does not fit, and names devices that take it', async () => {
  const model = written(wide(), 'wide.tflite');
  const verdict: Verdict = await attempt({ ...request, model }, library, host, noProgress);
  const { refusal: error, report } = verdict.refused!;
  expect([error.definition.code, report.exitCode]).toEqual(['MODEL_DOES_NOT_FIT', 5]);
  expect(report.quantization).toMatchObject({ scheme: 'as it is', has: 'int8' });
  const other = report.remedies.find(({ kind }) => kind === 'profile')!;
  const [, profile] = /--profile (\S+):/.exec(other.what)!;
  expect((await run({ model, profile: profile! })).fit).toEqual(other.fit);
});

it('does not take over the memory plan of the file: the one in the output is its own', async () => {
  const model = decode(readFileSync(request.model));
  const offsets = Int32Array.of(1, 0, given.tensors.length, ...given.tensors.map(() => -1));
  const path = join(small.folder, 'planned.tflite');
  writeFileSync(
    path,
    encode({
      ...model,
      buffers: [...(model.buffers ?? []), { data: new Uint8Array(offsets.buffer) }],
      metadata: [{ name: 'OfflineMemoryAllocation', buffer: model.buffers!.length }],
    }),
  );
  const [planned, plain] = [await run({ model: path }), await run()];
  const names = (bytes: Uint8Array): unknown => decode(bytes).metadata?.map(({ name }) => name);
  expect(names(planned.tflite)).toEqual(names(plain.tflite));
  expect(planned.fit).toEqual(plain.fit);
});

it('dumps no plan, for there is none', async () => {
  const { quantized } = await run();
  expect([quantized.plan, quantized.selection]).toEqual([null, null]);
  expect(tensorAt(quantized.graph, quantized.graph.inputs[0]!).dtype).toBe('int8');
});
