// What decides nothing in the schemes that a run may take is refused; in the one that was chosen of several it is told.
import { loadProfiles } from '@wherry/profiles';
import { attempt } from '../deploy.js';
import type { DeployRequest } from '../deployment.js';
import { deployHost } from '../host.js';
import { readProfileTexts } from '../inputs/profile-folder.js';
import { noProgress } from '../progress.js';
import { leftOpen, smallModel } from '../testing/small-model.js';

const model = smallModel(leftOpen);
afterAll(() => model.remove());

const texts = await readProfileTexts();
const own = {
  extends: 'esp32',
  id: 'own',
  name: 'Own',
  chip: 'a chip',
  schemes: [{ scheme: 'int8', limits: { sqnrDb: 190 } }, { scheme: 'float32' }],
};
const library = loadProfiles(new Map([...texts, ['own.json', JSON.stringify(own)]]));

/** What was refused, and the warnings. */
async function told(changes: Partial<DeployRequest>): Promise<string> {
  try {
    const { deployment, refused } = await attempt(
      { ...model.request, ...changes },
      library,
      deployHost('reference'),
      noProgress,
    );
    const warnings = deployment?.warnings.map(({ code, what }) => `${code}: ${what}`) ?? [];
    return [...warnings, ...(refused === undefined ? [] : [refused.refusal.message])].join('\n');
  } catch (error) {
    return (error as Error).message;
  }
}

const settings: readonly [string, Partial<DeployRequest>][] = [
  ['--method mse', { method: 'mse' }],
  ['--no-bias-correction', { biasCorrection: false }],
  ['--no-equalization', { equalization: false }],
  ['--rounding optimized', { rounding: 'optimized' }],
  ['--no-weight-clipping', { weightClipping: false }],
  ['--budget', { budgetSeconds: 1 }],
  ['--compact-matrices', { compactMatrices: true }],
];

it.each(settings)('refuses %s where nothing is calibrated', async (option, changes) => {
  const says = new RegExp(`^SETTING_UNUSED: ${option} is given and decides nothing in float32: no .*\n.*leave it away`);
  expect(await told({ ...changes, scheme: 'float32' })).toMatch(says);
  expect(await told({ ...changes, scheme: 'float16', profile: 'raspberry-pi-5' })).toMatch(/^SETTING_UNUSED/);
  expect(await told({ ...changes, scheme: 'int8' })).not.toContain('SETTING');
});

it('refuses all at once, also by what the profile prefers', async () => {
  const all = Object.assign({}, ...settings.map(([, changes]) => changes)) as Partial<DeployRequest>;
  expect(await told({ ...all, profile: 'android-gpu-fp16' })).toMatch(
    /^SETTING_UNUSED: --method mse, --no-bias-correction, --no-equalization, --rounding optimized, --no-weight-clipping, --budget, --compact-matrices are given/,
  );
});

it('refuses settings of data that is not given', async () => {
  const none = { calibration: undefined, scheme: 'float32' } as const;
  expect(await told({ ...none, samples: 5 })).toMatch(/^SETTING_UNUSED: --samples is given .*no data is given/);
  expect(await told({ ...none, task: ['values'] })).toMatch(/^SETTING_UNUSED: --task is given/);
  expect(await told({ ...none, preprocessing: { divideBy: 2 } })).toMatch(/^SETTING_UNUSED: --preprocess is given/);
  expect(await told(none)).not.toContain('SETTING');
});

it('takes what is used at integer ends of a real model', async () => {
  expect(await told({ scheme: 'float32', outputType: 'int8', method: 'mse' })).not.toContain('SETTING');
});

it('warns where a scheme before the chosen one would have used it', async () => {
  expect(await told({ profile: 'own', method: 'min-max' })).toMatch(
    /SETTING_WITHOUT_EFFECT: --method min-max decided nothing, since float32 was chosen/,
  );
  expect(await told({ profile: 'own' })).not.toContain('SETTING');
});
