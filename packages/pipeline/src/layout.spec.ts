// The layouts of a deployment: the C files that there are without one, in a library, with the list of the output true of them.
import { layoutNames } from '@wherry/firmware-layouts/layout-names';
import { attempt } from './deploy.js';
import type { Deployment, DeployRequest } from './deployment.js';
import { deployHost } from './host.js';
import { loadProfiles } from '@wherry/profiles';
import { readProfileTexts } from './inputs/profile-folder.js';
import { noProgress } from './progress.js';
import { listFiles } from './output/output-mark.js';
import { smallModel } from './testing/small-model.js';

const texts = await readProfileTexts();
const library = loadProfiles(texts);
const model = smallModel();
afterAll(() => model.remove());

async function deployed(changes: Partial<DeployRequest>): Promise<Deployment> {
  const request = { ...model.request, ...changes };
  const { deployment, refused } = await attempt(request, library, deployHost('reference'), noProgress);
  if (deployment === undefined) throw refused.refusal;
  return deployment;
}

const fitting: readonly (readonly [string, string])[] = [
  ['esp-idf', 'esp32'],
  ['arduino', 'arduino-nano-33-ble'],
  ['platformio', 'esp32-s3'],
  ['zephyr', 'nrf5340'],
  ['pico-sdk', 'rp2040'],
  ['cmake', 'stm32f4'],
];

it('is tried for every layout', () => {
  expect(fitting.map(([layout]) => layout).sort()).toEqual([...layoutNames].sort());
});

it.each(fitting)('%s has the bytes of the files that there are without it', async (layout, profile) => {
  for (const runtime of [undefined, 'compiled-c'] as const) {
    const plain = await deployed({ profile, runtime });
    const { files } = await deployed({ profile, runtime, layout } as Partial<DeployRequest>);
    const hashes = new Set(listFiles(files).map(({ sha256 }) => sha256));
    const own = listFiles(plain.files).filter(({ name }) => name !== 'report.json');
    expect(own.filter(({ sha256 }) => !hashes.has(sha256))).toEqual([]);
    expect([...files.keys()].filter((path) => !path.startsWith(`${layout}/`))).toEqual(['model.tflite', 'report.json']);
    const report = JSON.parse(files.get('report.json') as string) as { readonly files: unknown };
    expect(report.files).toEqual(listFiles(new Map([...files].filter(([path]) => path !== 'report.json'))));
  }
});

it.each(fitting)('%s is the same each time', async (layout, profile) => {
  const [one, other] = [1, 2].map(() => deployed({ profile, layout } as Partial<DeployRequest>));
  expect(listFiles((await one!).files)).toEqual(listFiles((await other!).files));
});

it.each([
  ['esp32', 'pico-sdk', /LAYOUT_WHERE: the Pico SDK does not build for esp32/],
  ['rp2040', 'esp-idf', /LAYOUT_WHERE: ESP-IDF does not build for rp2040/],
  ['raspberry-pi-5', 'cmake', /LAYOUT_WHERE: raspberry-pi-5 runs files/],
] as const)('is refused for %s before anything is read: %s', async (profile, layout, says) => {
  await expect(deployed({ profile, layout, model: 'nowhere.h5' })).rejects.toThrow(says);
});

it('leads to no device that the layout is not for', async () => {
  const blocks = { staticBytes: 100, heapBytes: 100, source: 's', allocation: 'malloc(BYTES)' };
  const small = { extends: 'rp2040', id: 'own', name: 'Own', chip: 'RP2040', memory: { ram: { blocks } } };
  const own = loadProfiles(new Map([...texts, ['own.json', JSON.stringify(small)]]));
  const advised = async (layout?: 'pico-sdk'): Promise<readonly string[]> => {
    const request = { ...model.request, profile: 'own', layout };
    const { refused } = await attempt(request, own, deployHost('reference'), noProgress);
    return [...JSON.stringify(refused!.report).matchAll(/choose --profile ([a-z0-9-]+)/g)].map(([, id]) => id!);
  };
  expect(new Set(await advised('pico-sdk'))).toEqual(new Set(['rp2040', 'rp2350']));
  expect(await advised()).toContain('stm32f4');
});
