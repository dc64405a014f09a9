// A model that becomes C says where its weights are no smaller, and where the file beside it runs on no interpreter of the device.
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

it('says that weights of 4 bits are bytes, how many, and what is as large', async () => {
  const { warnings, fit, quantized } = await deployed({ scheme: 'int4' });
  const { graph } = quantized;
  const weights = graph.nodes.flatMap(({ inputs }) =>
    inputs.flatMap((id) => (id === null ? [] : [tensorAt(graph, id)])),
  );
  const count = weights.reduce((sum, { dtype, data }) => (dtype === 'int4' ? sum + data!.length : sum), 0);
  expect(count).toBe(3 * 9 * 2 + 4 * 48);
  const warning = warnings.find(({ code }) => code === 'COMPILED_WEIGHTS_WIDENED');
  expect(warning).toMatchObject({
    where: 'conv and 1 more',
    what: expect.stringContaining(`${count} bytes`) as string,
  });
  expect(warning!.next).toContain('int8');
  expect((await deployed({ scheme: 'int8' })).fit.flash.used).toBe(fit.flash.used);
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
