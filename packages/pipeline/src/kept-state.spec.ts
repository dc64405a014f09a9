// A model that keeps a state says so, with what resets it on its runtime; its self-test resets it, and other models say nothing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesOf } from '@wherry/graph/cases';
import { encode, graphToModel } from '@wherry/tflite-writer';
import { deploy } from './deploy.js';
import type { Deployment } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { leftOpen, smallModel, type SmallModel } from './testing/small-model.js';

const library = await readProfileFolder();
let small: SmallModel;
beforeEach(() => {
  small = smallModel(leftOpen);
});
afterEach(() => small.remove());

function deployed(profile: string, model: string): Promise<Deployment> {
  const request = { ...small.request, model, calibration: undefined, profile, scheme: 'float32' } as const;
  return deploy(request, library, deployHost('reference'), noProgress);
}

const stateWarningsOf = ({ warnings }: Deployment) => warnings.filter(({ code }) => code === 'MODEL_KEEPS_STATE');
const textOf = ({ files }: Deployment, name: string): string => [...(files.get(name) as Iterable<string>)].join('');

it.each([
  ['esp32', 'interpreter.Reset()', 'model_selftest.h', 'interpreter.Reset()'],
  ['raspberry-pi-5', 'new interpreter', 'model_example.cc', 'It goes on from where the run before it ended'],
])('on %s', async (profile, advice, file, line) => {
  const model = join(small.folder, 'lstm.tflite');
  const { graph } = casesOf('UNIDIRECTIONAL_SEQUENCE_LSTM').find(({ type }) => type.from === 'float32')!;
  writeFileSync(model, encode(graphToModel(graph)));
  const keeping = await deployed(profile, model);
  expect(stateWarningsOf(keeping)).toMatchObject([
    {
      what: expect.stringContaining('UNIDIRECTIONAL_SEQUENCE_LSTM keeps a state'),
      next: expect.stringContaining(advice),
    },
  ]);
  expect(textOf(keeping, file)).toContain(line);
  const other = await deployed(profile, small.request.model);
  expect(stateWarningsOf(other)).toEqual([]);
  expect(textOf(other, file)).not.toContain(line);
});
