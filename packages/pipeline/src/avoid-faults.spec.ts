// A fully convolutional classifier on the ESP runtimes: its softmax leaves in a shape that their kernel does right.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder, tensorAt } from '@wherry/graph';
import { importModel } from '@wherry/importers';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from './deploy.js';
import type { Deployment } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { reportText } from './report/report-text.js';
import { reportOf } from './report/report.js';
import { smallModel, type SmallModel } from './testing/small-model.js';
import { fileText } from './testing/file-text.js';

const library = await readProfileFolder();
let model: SmallModel;
beforeAll(() => {
  model = smallModel();
  const builder = new GraphBuilder('fully-convolutional');
  const input = builder.input('picture', [1, 4, 4, 2], 'float32');
  const weights = Float32Array.from({ length: 4 * 4 * 4 * 2 }, (_, i) => (((i * 29) % 17) - 8) / 16);
  const filter = builder.constant('w', [4, 4, 4, 2], weights, 'float32');
  const bias = builder.constant('b', [4], new Float32Array(4), 'float32');
  const scores = builder.add('CONV_2D', [input, filter, bias], { padding: 'VALID' }, { origin: 'scores' });
  const graph = builder.finish([builder.add('SOFTMAX', [scores], { beta: 1 }, { origin: 'classes' })]);
  writeFileSync(join(model.folder, 'fully-convolutional.tflite'), encode(graphToModel(graph)));
});
afterAll(() => model.remove());

const run = (profile: string): Promise<Deployment> => {
  const request = { ...model.request, model: join(model.folder, 'fully-convolutional.tflite'), profile };
  return deploy(request, library, deployHost('reference'), noProgress);
};

it.each(['esp32', 'esp32-s3'])('writes no softmax that %s gets wrong, and keeps the output', async (profile) => {
  const deployment = await run(profile);
  const { graph } = importModel(deployment.tflite);
  const softmax = graph.nodes.filter(({ kind }) => kind === 'SOFTMAX');
  expect(softmax.map(({ inputs }) => tensorAt(graph, inputs[0]!).shape)).toEqual([[1, 4]]);
  expect(tensorAt(graph, graph.outputs[0]!)).toMatchObject({ shape: [1, 1, 1, 4], dtype: 'int8' });
  const report = reportOf(deployment, deployment.files);
  expect(report.rewrites.at(-1)).toMatchObject({ rewrite: 'work-around-softmax', nodesBefore: 2, nodesAfter: 4 });
  const added = 'keeps clear of a known fault of the runtime (see rewrites)';
  expect(report.layers.map(({ operator, decision }) => [operator, decision === added])).toEqual([
    ['CONV_2D', false],
    ['RESHAPE', true],
    ['SOFTMAX', false],
    ['RESHAPE', true],
  ]);
  const text = reportText(report);
  expect(text).toContain('work-around-softmax 2->4');
  expect(text.split('\n').filter((line) => line.length > 120)).toEqual([]);
});

it('changes no number', async () => {
  const [esp, host] = [await run('esp32'), await run('host-reference')];
  expect(host.quantized.graph.nodes.map(({ kind }) => kind)).toEqual(['CONV_2D', 'SOFTMAX']);
  expect(esp.accuracy).toEqual(host.accuracy);
});

it('names what the kernels of the ESP32-S3 need, in the report and in the header', async () => {
  const { files } = await run('esp32-s3');
  expect(fileText(files, 'model_settings.h')).toContain('#define G_MODEL_RUNTIME_NEEDS "espressif/esp-nn>=1.2.3"');
  expect(JSON.parse(files.get('report.json') as string)).toMatchObject({
    profile: { needs: [{ component: 'espressif/esp-nn', from: '1.2.3' }] },
  });
});
