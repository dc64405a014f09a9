// What is tried, in which order and held to which limits, and what nothing on the target computes.
import type { SchemePreference, Target } from '@wherry/profiles';
import { limitsPointer, placeOf, wantedSchemes } from './wanted-schemes.js';

const limits = { sqnrDb: 20, arenaBytes: 5000 };
const target = {
  profile: {
    id: 'mine',
    arithmetic: { int8: 'native', int16: 'none', fp16: 'none', fp32: 'emulated', simd: null },
    schemes: [{ scheme: 'int8', limits }, { scheme: 'float32' }],
  },
} as unknown as Target;

it('is what the profile prefers, or what is asked for with the limits that the profile has for it', () => {
  expect(wantedSchemes({ scheme: undefined }, target)).toEqual([
    { scheme: 'int8', limits, position: 0 },
    { scheme: 'float32', limits: { sqnrDb: 20 }, position: 1 },
  ]);
  const [int8] = wantedSchemes({ scheme: 'int8' }, target);
  expect(int8).toEqual({ scheme: 'int8', limits, position: 0 });
  expect(limitsPointer(int8!, 'arenaBytes')).toBe('/schemes/0/limits/arenaBytes');
  expect(wantedSchemes({ scheme: 'dynamic-range' }, target)).toEqual([
    { scheme: 'dynamic-range', limits: { sqnrDb: 20 }, position: null },
  ]);
});

it.each([
  ['int16x8', 'int16'],
  ['float16', 'fp16'],
] as const)('refuses %s, for which there is no arithmetic', (scheme, lacking) => {
  expect(() => wantedSchemes({ scheme }, target)).toThrow(
    new RegExp(
      `^PROFILE_SCHEME_UNSUPPORTED: --scheme ${scheme} is asked for, and nothing on mine computes with ${lacking}\\n.*mine.json.* at /arithmetic/${lacking}\\n.*choose one of int8, float32`,
    ),
  );
});

const asked = (...schemes: SchemePreference[]) =>
  (['int8', 'int16x8', 'float32'] as const).map((scheme) => placeOf({ schemes }, scheme).limits);

it('asks of a scheme what those before it are asked, limit by limit, until it names another', () => {
  expect(
    asked(
      { scheme: 'int8', limits: { accuracyDropPoints: 2, arenaBytes: 9 } },
      { scheme: 'int16x8', limits: { sqnrDb: 20 } },
      { scheme: 'float32', limits: { accuracyDropPoints: 100 } },
    ),
  ).toEqual([
    { accuracyDropPoints: 2, arenaBytes: 9 },
    { accuracyDropPoints: 2, sqnrDb: 20 },
    { accuracyDropPoints: 100, sqnrDb: 20 },
  ]);
});

it('asks for nothing where no scheme before it is asked for anything', () => {
  expect(asked({ scheme: 'int8' }, { scheme: 'int16x8', limits: { sqnrDb: 20 } }, { scheme: 'float32' })).toEqual([
    {},
    { sqnrDb: 20 },
    { sqnrDb: 20 },
  ]);
});
