// A model that becomes C says where the file beside it runs on no interpreter of the device; its weights are as small as there.
import { tensorAt } from '@wherry/graph';
import { deploy } from './deploy.js';
import type { DeployRequest } from './deployment.js';
import { deployHost } from './host.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { smallModel } from './testing/small-model.js';

const library = await readProfileFolder();
const model = smallModel({ runtime: 'compiled-c' });
afterAll(() => model.remove());

const deployed = (changes: Partial<DeployRequest>) =>
  deploy({ ...model.request, ...changes }, library, deployHost('reference'), noProgress);
const codesOf = async (changes: Partial<DeployRequest>): Promise<readonly string[]> =>
  (await deployed(changes)).warnings.map(({ code }) => code).filter((code) => code.startsWith('COMPILED_'));

it('has weights of 4 bits in half the flash', async () => {
  const { fit, quantized } = await deployed({ scheme: 'int4' });
  const { graph } = quantized;
  const weights = graph.nodes.flatMap(({ inputs }) =>
    inputs.flatMap((id) => (id === null ? [] : [tensorAt(graph, id)])),
  );
  const count = weights.reduce((sum, { dtype, data }) => (dtype === 'int4' ? sum + data!.length : sum), 0);
  expect(count).toBe(3 * 9 * 2 + 4 * 48);
  // But for the last word of the first layer, half of which is empty.
  expect((await deployed({ scheme: 'int8' })).fit.flash.used - fit.flash.used).toBe(count / 2 - 1);
});

it('says that the interpreter of the device would refuse the file, and by which layer', async () => {
  const { warnings } = await deployed({ scheme: 'int4' });
  expect(warnings.find(({ code }) => code === 'COMPILED_FILE_REFUSED')).toMatchObject({
    what: expect.stringMatching(/tflm-esp-nn would refuse it: FULLY_CONNECTED in tflm-esp-nn/) as string,
    where: 'dense',
    next: expect.stringContaining('leave --runtime compiled-c away') as string,
  });
});

it('says nothing of the kind of int8, nor beside an interpreter', async () => {
  expect(await codesOf({ scheme: 'int8' })).toEqual([]);
  expect(await codesOf({ scheme: 'int4', runtime: undefined })).toEqual([]);
});
