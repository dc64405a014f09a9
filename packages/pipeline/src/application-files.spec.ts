// What is written for a target that opens a file: no C, but the .tflite and an example that says the same of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, tensorAt, type Graph } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from './deploy.js';
import type { Deployment, DeployRequest } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { fileText } from './testing/file-text.js';
import { leftOpen, smallModel, type SmallModel } from './testing/small-model.js';

const library = await readProfileFolder();
let model: SmallModel;
beforeAll(() => {
  model = smallModel();
});
afterAll(() => model.remove());

const run = (profile: string, changes: Partial<DeployRequest> = {}): Promise<Deployment> =>
  deploy({ ...model.request, profile, ...changes }, library, deployHost('reference'), noProgress);

it.each([
  ['android-cpu', 'model_example.kt'],
  ['raspberry-pi-5', 'model_example.cc'],
  ['edge-tpu', 'model_example.cc'],
])('%s gets the file, an example and the report', async (profile, example) => {
  const { files, tflite, target } = await run(profile, { labels: ['a', 'b', 'c', 'd'] });
  expect([...files.keys()]).toEqual(['model.tflite', example, 'report.json']);
  const text = fileText(files, example);
  const { graph } = importModel(tflite);
  for (const id of [...graph.inputs, ...graph.outputs]) {
    const { name, dtype, shape } = tensorAt(graph, id);
    expect(text).toContain(`put 0, ${name}: ${dtype}[${shape.join(', ')}]`);
  }
  expect(text).toContain('"a", "b", "c", "d"');
  expect(text).toContain(`profile ${profile}: ${target.profile.runtime.name} ${target.profile.runtime.from}`);
  const report = JSON.parse(fileText(files, 'report.json')) as { files: readonly { name: string }[] };
  expect(report.files.map(({ name }) => name)).toEqual(['model.tflite', example]);
});

it('is called after the model in the firmware', async () => {
  const { files } = await run('raspberry-pi-5', { name: 'wake_word' });
  expect([...files.keys()]).toEqual(['wake_word.tflite', 'wake_word_example.cc', 'report.json']);
  expect(fileText(files, 'wake_word_example.cc')).toContain('"wake_word.tflite"');
});

/** A dense layer whose weights are worth halving, between a dimension put in and one taken out. */
function reshaping(scale: number): Graph {
  const builder = new GraphBuilder('reshaping');
  const values = (count: number, by: number): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => ((i % 17) - 8) * by);
  const input = builder.input('picture', [1, 4, 4, 2], 'float32');
  const axes = builder.indices('axes', [1, 2]);
  const mean = builder.add('MEAN', [input, axes], { keepDims: false }, { origin: 'mean' });
  const wide = builder.add('EXPAND_DIMS', [mean, builder.indices('axis', [1])], {}, { origin: 'wide' });
  const weights = builder.constant('w', [2048, 2], values(4096, scale), 'float32');
  const bias = builder.constant('b', [2048], values(2048, 1), 'float32');
  const dense = builder.add('FULLY_CONNECTED', [wide, weights, bias], { keepNumDims: true }, { origin: 'dense' });
  return builder.finish([builder.add('SQUEEZE', [dense], { dimensions: [1] }, { origin: 'flat' })]);
}

describe('on the GPU delegate, which has neither EXPAND_DIMS nor SQUEEZE', () => {
  const calibration = (): string =>
    `${model.request.calibration.replace('?label=32&header=no', '')}?columns=0-31&header=no`;
  const made = (scale: number): Promise<Deployment> => {
    const path = join(model.folder, `reshaping-${scale}.tflite`);
    writeFileSync(path, encode(graphToModel(reshaping(scale))));
    return run('android-gpu-fp16', { ...leftOpen, model: path, calibration: calibration() });
  };

  it('writes both as RESHAPE, and names them in the report', async () => {
    const { tflite, files, quantized } = await made(1);
    expect(quantized.plan?.scheme).toBe('float16');
    const kinds = importModel(tflite).graph.nodes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => ['EXPAND_DIMS', 'SQUEEZE'].includes(kind))).toEqual([]);
    expect(kinds.filter((kind) => kind === 'RESHAPE')).toHaveLength(2);
    const { rewrites } = JSON.parse(fileText(files, 'report.json')) as { rewrites: readonly { rewrite: string }[] };
    expect(rewrites.map(({ rewrite }) => rewrite)).toEqual(
      expect.arrayContaining(['work-around-expand-dims', 'work-around-squeeze']),
    );
    expect(fileText(files, 'model_example.kt')).toContain('Precision.FP16)');
  });

  it('asks for float32 where float16 does not hold the numbers', async () => {
    const { files, quantized } = await made(1e5);
    expect(quantized.plan?.scheme).toBe('float32');
    expect(fileText(files, 'model_example.kt')).toContain('Precision.FP32)');
  });
});
