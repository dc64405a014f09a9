// What the profiles that come with the tool choose, held against the kernels of their runtimes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataType } from '@wherry/graph';
import { loadProfiles, requireAccepted, type SchemeName } from './index.js';

const folder = join(import.meta.dirname, '../../../device-profiles');
const texts = ['', 'runtimes/'].flatMap((sub) =>
  readdirSync(join(folder, sub))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [sub + name, readFileSync(join(folder, sub, name), 'utf8')] as const),
);
const { targets } = loadProfiles(new Map(texts));

/** Types of a convolution's activations and weights. */
const typesOf: { readonly [S in SchemeName]: readonly [activations: DataType, weights: DataType] } = {
  float32: ['float32', 'float32'],
  // Weights are made float32 again before they are used.
  float16: ['float32', 'float32'],
  'dynamic-range': ['float32', 'int8'],
  int8: ['int8', 'int8'],
  int16x8: ['int16', 'int8'],
  int4: ['int8', 'int4'],
};

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

it.each(others)('wants on $profile.id no scheme that its kernels have no rows for', ({ profile, kernels }) => {
  const { rows } = kernels.operators['CONV_2D']!;
  const lacking = profile.schemes.filter(({ scheme }) => {
    const [activations, weights] = typesOf[scheme];
    return !rows.some((row) => row.activations === activations && row.weights === weights);
  });
  expect(lacking).toEqual([]);
});

it.each(others)(
  'takes on $profile.id inputs and outputs of a type that has a way in and out',
  ({ profile, kernels }) => {
    const types = Object.values(kernels.operators).flatMap(({ rows }) => rows.map((row) => row.activations));
    expect(types).toEqual(expect.arrayContaining([profile.io.input, profile.io.output]));
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
