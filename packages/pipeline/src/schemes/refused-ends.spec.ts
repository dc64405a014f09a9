// A refusal that the types asked for at the ends are the cause of names the option, and its advice works.
import type { IoType, SchemeName } from '@wherry/profiles';
import { attempt } from '../deploy.js';
import type { DeployRequest } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { leftOpen, smallModel } from '../testing/small-model.js';

const model = smallModel(leftOpen);
afterAll(() => model.remove());
const library = await readProfileFolder();

async function refusalOf(changes: Partial<DeployRequest>): Promise<string> {
  try {
    const request = { ...model.request, ...changes };
    const { refused } = await attempt(request, library, deployHost('reference'), noProgress);
    return refused?.refusal.message ?? '';
  } catch (error) {
    return (error as Error).message;
  }
}

const option = { inputType: '--input-type', outputType: '--output-type' } as const;

it.each<[string, SchemeName | undefined, 'inputType' | 'outputType', IoType, readonly string[]]>([
  ['android-gpu-fp16', undefined, 'inputType', 'int8', ['float32']],
  ['android-gpu-fp16', undefined, 'outputType', 'uint8', ['float32']],
  ['edge-tpu', undefined, 'outputType', 'int16', ['int8', 'uint8', 'float32']],
])('on %s in %s, %s of %s', async (profile, scheme, end, type, others) => {
  const asked = { profile, scheme } as const;
  const refusal = await refusalOf({ ...asked, [end]: type });
  expect(refusal).toContain(`: ${option[end]} ${type} is asked for, and `);
  expect(refusal).toContain(`next  give ${option[end]} ${others.join(' or ')}, or leave it away`);
  for (const other of [...others, undefined]) expect(await refusalOf({ ...asked, [end]: other })).toBe('');
});

it('names both where one of them alone is not the cause', async () => {
  const asked = { profile: 'edge-tpu', inputType: 'int16', outputType: 'int16' } as const;
  expect(await refusalOf(asked)).toMatch(
    /--input-type int16 and --output-type int16 are asked for.*\n(.*\n)*.*leave both away/,
  );
});

it('leaves refusals alone that the ends are no cause of', async () => {
  const refusal = await refusalOf({ profile: 'esp32', scheme: 'float16', inputType: 'float32' });
  expect(refusal).toMatch(/fp16|DEQUANTIZE/);
  expect(refusal).not.toContain('--input-type');
});
