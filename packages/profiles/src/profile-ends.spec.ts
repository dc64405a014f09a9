// What a profile says of its ends is followed by each scheme, meant for others, or refused where no scheme of the list follows.
import type { DeviceProfile } from './device-profile.js';
import { profileEnd, requireEndsGiven } from './profile-ends.js';
import type { KernelRow, RuntimeKernels } from './runtime-kernels.js';
import type { IoType, SchemeName } from './scheme-names.js';

const both = (...types: readonly KernelRow['activations'][]): KernelRow[] => [
  { activations: types[0]!, output: types[1]! },
  { activations: types[1]!, output: types[0]! },
];
const target = (io: IoType, schemes: readonly SchemeName[]) => ({
  profile: {
    id: 'mine',
    runtime: { name: 'own', from: '2025-01-01' },
    schemes: schemes.map((scheme) => ({ scheme })),
    io: { input: io, output: io },
  } as unknown as DeviceProfile,
  kernels: {
    name: 'own',
    releases: [],
    operators: { QUANTIZE: { rows: [...both('int8', 'uint8'), ...both('int8', 'int16')] } },
  } as unknown as RuntimeKernels,
});

it.each<[IoType, readonly SchemeName[], SchemeName, IoType, RegExp | undefined]>([
  ['int8', ['int8', 'int16x8', 'float32'], 'int8', 'int8', undefined],
  ['int8', ['int8', 'int16x8', 'float32'], 'int4', 'int8', undefined],
  ['int8', ['int8', 'int16x8', 'float32'], 'int16x8', 'int16', /int8 is for schemes that compute in int8/],
  ['int8', ['int16x8'], 'int16x8', 'int8', undefined],
  ['int8', ['int8', 'float32'], 'float32', 'float32', /int8 is for schemes of integers/],
  ['uint8', ['int8', 'int16x8'], 'int8', 'uint8', undefined],
  ['uint8', ['int8', 'int16x8'], 'int16x8', 'int16', /own 2025-01-01 has no QUANTIZE from uint8 to int16$/],
  ['int16', ['int8', 'int16x8'], 'int8', 'int16', undefined],
  ['float32', ['int8', 'int16x8'], 'int16x8', 'float32', undefined],
])('takes %s in a list of %j for %s as %s', (io, schemes, scheme, type, why) => {
  const made = profileEnd(target(io, schemes), 'input', scheme);
  expect(made.type).toBe(type);
  if (why === undefined) expect(made.why).toBeUndefined();
  else expect(made.why).toMatch(why);
});

it('asks for the conversion that an end takes: into the scheme in front, out of it behind', () => {
  const oneWay = (row: KernelRow): ReturnType<typeof target> => {
    const { profile, kernels } = target('int16', ['int8']);
    return { profile, kernels: { ...kernels, operators: { QUANTIZE: { rows: [row] } } } };
  };
  const typesOn = (made: ReturnType<typeof target>): readonly IoType[] =>
    (['input', 'output'] as const).map((end) => profileEnd(made, end, 'int8').type);
  expect(typesOn(oneWay({ activations: 'int16', output: 'int8' }))).toEqual(['int16', 'int8']);
  expect(typesOn(oneWay({ activations: 'int8', output: 'int16' }))).toEqual(['int8', 'int16']);
});

it.each<[IoType, readonly SchemeName[], RegExp]>([
  [
    'uint8',
    ['int16x8'],
    /^PROFILE_INVALID: uint8 is wanted, .*no QUANTIZE from uint8 to int16\n.*mine at \/io\/input\n.*set it to int16, or/,
  ],
  ['int8', ['float16', 'float32'], /float16 computes in float32; int8 is .*\n.*\n.*set it to float32, or/],
])('refuses %s in a list of %j', (io, schemes, says) => {
  expect(() => requireEndsGiven(target(io, schemes))).toThrow(says);
});

it('lets through what one scheme of several follows', () => {
  expect(() => requireEndsGiven(target('uint8', ['int8', 'int16x8', 'float32']))).not.toThrow();
  expect(() => requireEndsGiven(target('float32', ['float32']))).not.toThrow();
});
