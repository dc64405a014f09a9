// What the profiles that come with the tool choose, held against the kernels of their runtimes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProfiles, requireAccepted, surveyKernels, surveyProfile, type SchemeName } from './index.js';

const folder = join(import.meta.dirname, '../../../device-profiles');
const texts = ['', 'runtimes/'].flatMap((sub) =>
  readdirSync(join(folder, sub))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [sub + name, readFileSync(join(folder, sub, name), 'utf8')] as const),
);
const { targets, runtimes } = loadProfiles(new Map(texts));

it.each<[string, SchemeName, string]>([
  ['esp32', 'int8', 'firmware'],
  ['cortex-m55', 'int8', 'firmware'],
  ['host-reference', 'int8', 'firmware'],
  ['edge-tpu', 'int8', 'file'],
  ['android-gpu-fp16', 'float16', 'file'],
  ['ios-metal-fp16', 'float16', 'file'],
  ['webgpu-fp16', 'float16', 'file'],
  ['android-cpu', 'int8', 'file'],
])('would have on %s first %s, as a %s', (id, scheme, layout) => {
  const { schemes, export: exported } = targets.get(id)!.profile;
  expect([schemes[0]!.scheme, exported.layout]).toEqual([scheme, layout]);
});

// The host grows with the kernels of this toolchain; it wants every scheme from the first day.
const others = [...targets.values()].filter(({ profile }) => profile.id !== 'host-reference');

it.each(others)('says for $profile.id nothing that would never count', (target) => {
  expect(surveyProfile(target)).toEqual([]);
});

it.each([...runtimes.values()])(
  'says of $name nothing that would never count, and of every operator something',
  (kernels) => {
    expect(surveyKernels(kernels, runtimes.values())).toEqual([]);
  },
);

it('says of the devices for which nothing can be made why, and what to take instead', () => {
  const refusing = others.filter(({ profile }) => profile.refuses !== undefined);
  expect(refusing.map(({ profile }) => profile.id)).toEqual(['arduino-uno', 'esp8266']);
  for (const { profile } of refusing) {
    expect(() => requireAccepted(profile)).toThrow(/^PROFILE_REFUSES: .*TensorFlow Lite Micro.*/);
    const advised = [...profile.refuses!.next.matchAll(/--profile ([a-z0-9-]+)/g)].map(([, id]) => targets.get(id!));
    expect(advised.length).toBeGreaterThan(0);
    expect(advised.map((target) => target?.profile.refuses)).toEqual(advised.map(() => undefined));
    expect(advised).not.toContain(undefined);
  }
  expect(() => requireAccepted(targets.get('esp32')!.profile)).not.toThrow();
});
