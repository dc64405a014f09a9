// Why the report says that a node was added which no node of the float model stands for.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from './deploy.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { reportText } from './report/report-text.js';
import { reportOf } from './report/report.js';
import { leftOpen, smallModel, type SmallModel } from './testing/small-model.js';

let model: SmallModel;
beforeAll(() => {
  model = smallModel();
  const builder = new GraphBuilder('scores-beside-values');
  const input = builder.input('picture', [1, 4, 4, 2], 'float32');
  const tanh = builder.add('TANH', [input], {}, { origin: 'tanh' });
  const relu = builder.add('RELU', [input], {}, { origin: 'relu' });
  const both = builder.add('CONCATENATION', [tanh, relu], { axis: 3 }, { origin: 'both' });
  writeFileSync(join(model.folder, 'both.tflite'), encode(graphToModel(builder.finish([both]))));
});
afterAll(() => model.remove());

it('names the fixed scale that a QUANTIZE stands behind, and the conversion of real inputs', async () => {
  const request = {
    ...model.request,
    model: join(model.folder, 'both.tflite'),
    inputType: 'float32',
    ...leftOpen,
  } as const;
  const deployment = await deploy(request, await readProfileFolder(), deployHost('reference'), noProgress);
  const reasons = reportOf(deployment, deployment.files)
    .layers.filter(({ operator }) => operator === 'QUANTIZE')
    .map(({ decision }) => decision);
  expect(reasons).toEqual([
    'converts between real values and integers',
    'its own scale is fixed by the specification and would cut off what else is read',
  ]);
});

it('says of conversions at the ends that they are asked for', async () => {
  const request = { ...model.request, inputType: 'uint8', outputType: 'int16' } as const;
  const deployment = await deploy(request, await readProfileFolder(), deployHost('reference'), noProgress);
  const { layers } = reportOf(deployment, deployment.files);
  expect(layers.filter(({ operator }) => operator === 'QUANTIZE').map(({ decision }) => decision)).toEqual([
    'takes the uint8 that is handed in',
    'makes the output int16, as it is asked for',
  ]);
});

it('counts weights of 4 bits as the file has them', async () => {
  const bytes = async (scheme: 'int8' | 'int4'): Promise<readonly number[]> => {
    const request = { ...model.request, scheme };
    const deployment = await deploy(request, await readProfileFolder(), deployHost('reference'), noProgress);
    return reportOf(deployment, deployment.files).layers.map(({ weightBytes }) => weightBytes);
  };
  const [conv, dense] = [3 * 3 * 3 * 2, 4 * 48];
  const [biasOfConv, biasOfDense] = [3 * 4, 4 * 4];
  expect(await bytes('int8')).toEqual([conv + biasOfConv, dense + biasOfDense, 0]);
  expect(await bytes('int4')).toEqual([conv / 2 + biasOfConv, dense / 2 + biasOfDense, 0]);
});

it('says of no engine where nothing was run on it to be compared, and of no arena where nobody reserves one', async () => {
  const asked = { ...model.request, ...leftOpen, scheme: 'float32', profile: 'android-cpu' } as const;
  const textOf = async (calibration: string | undefined): Promise<string> => {
    const deployment = await deploy(
      { ...asked, calibration },
      await readProfileFolder(),
      deployHost('reference'),
      noProgress,
    );
    return reportText(reportOf(deployment, deployment.files));
  };
  expect(await textOf(undefined)).toMatch(/^scheme {7}float32$/m);
  expect(await textOf(model.request.calibration)).toMatch(/^scheme {7}float32 \(reference\)$/m);
  expect(await textOf(undefined)).toMatch(/^RAM .*: what tensors take at once, by an estimate;$/m);
});
