// The .tflite of an application says how its inputs are made ready and what its outputs are called, or what it said before.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decode,
  decodeDescription,
  describe as described,
  encodeDescription,
  readDescription,
} from '@wherry/tflite-writer';
import { deploy } from '../deploy.js';
import type { Deployment, DeployRequest } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { leftOpen, smallModel, type SmallModel } from '../testing/small-model.js';

const library = await readProfileFolder();
let model: SmallModel;
beforeAll(() => {
  model = smallModel(leftOpen);
});
afterAll(() => model.remove());

const labels = ['cat', 'dog', 'two\nlines', 'né'];
const run = (profile: string, changes: Partial<DeployRequest> = {}): Promise<Deployment> =>
  deploy({ ...model.request, profile, ...changes }, library, deployHost('reference'), noProgress);

it('says what the run knows of inputs and outputs', async () => {
  const preprocessing = { divideBy: 2, mean: [0.5] };
  const { tflite, fit, files, classNames, quantized } = await run('android-gpu-fp16', { labels, preprocessing });
  expect(classNames).toEqual(labels);
  const { bytes, files: packed } = readDescription(tflite)!;
  const { name, description, subgraph_metadata: graphs } = decodeDescription(bytes);
  expect([name, description]).toEqual(['model', expect.stringMatching(/^float16 for android-gpu-fp16, by wherry /)]);
  const { input_tensor_metadata: inputs, output_tensor_metadata: outputs } = graphs![0]!;
  expect(inputs).toMatchObject([
    {
      name: 'picture',
      description: 'The samples of calibration were made ready by {"divideBy":2,"mean":[0.5]}.',
      content: { content_properties: { type: 'FeatureProperties' } },
      process_units: [{ options: { type: 'NormalizationOptions', value: { mean: [1], std: [2] } } }],
    },
  ]);
  expect(outputs).toMatchObject([
    { associated_files: [{ name: 'labels.txt', type: 'TENSOR_AXIS_LABELS' }], content: {} },
  ]);
  expect(new TextDecoder().decode(packed.get('labels.txt'))).toBe('cat\ndog\ntwo lines\nné\n');
  expect(fit.flash.used).toBe(tflite.length);
  expect(files.get('model.tflite')).toBe(tflite);
  expect(decode(tflite).subgraphs![0]!.operators).toHaveLength(quantized.graph.nodes.length);
  expect((await run('android-gpu-fp16', { labels, preprocessing })).tflite).toEqual(tflite);
}, 30_000);

it('keeps what the given file said, of float models and of quantized ones', async () => {
  const own = {
    bytes: encodeDescription({ name: 'theirs', author: 'somebody', license: 'theirs' }),
    files: new Map([['their labels.txt', new Uint8Array([65, 10])]]),
  };
  const quantized = (await run('android-cpu')).tflite;
  for (const [name, bytes] of [
    ['float', readFileSync(model.request.model)],
    ['quantized', quantized],
  ] as const) {
    const path = join(model.folder, `${name}-described.tflite`);
    writeFileSync(path, described(bytes, own));
    const as = name === 'float' ? {} : { calibration: undefined, method: 'auto', biasCorrection: 'auto' };
    const { tflite } = await run('android-cpu', {
      model: path,
      ...as,
      equalization: 'auto',
      rounding: 'auto',
      weightClipping: 'auto',
    } as Partial<DeployRequest>);
    const read = readDescription(tflite)!;
    expect([name, decodeDescription(read.bytes)]).toMatchObject([name, { name: 'theirs', author: 'somebody' }]);
    expect([...read.files]).toEqual([...own.files]);
  }
}, 60_000);

it('leaves firmware, and what edgetpu_compiler reads, without it', async () => {
  for (const profile of ['esp32', 'edge-tpu']) expect(readDescription((await run(profile)).tflite)).toBeUndefined();
}, 30_000);
