// Why the report says that a node was added which no node of the float model stands for.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphBuilder } from '@wherry/graph';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from './deploy.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { reportOf } from './report/report.js';
import { smallModel, type SmallModel } from './testing/small-model.js';

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
  const request = { ...model.request, model: join(model.folder, 'both.tflite'), inputType: 'float32' } as const;
  const deployment = await deploy(request, await readProfileFolder(), deployHost('reference'), noProgress);
  const reasons = reportOf(deployment, deployment.files)
    .layers.filter(({ operator }) => operator === 'QUANTIZE')
    .map(({ decision }) => decision);
  expect(reasons).toEqual([
    'converts between real values and integers',
    'its own scale is fixed by the specification and would cut off what else is read',
  ]);
});
