// What is tried, in which order, and what nothing on the target computes.
import type { Target } from '@wherry/profiles';
import { limitsPointer, wantedSchemes } from './wanted-schemes.js';

const target = {
  profile: {
    id: 'mine',
    arithmetic: { int8: 'native', int16: 'none', fp16: 'none', fp32: 'emulated', simd: null },
    schemes: [{ scheme: 'int8', limits: { sqnrDb: 20 } }, { scheme: 'float32' }],
  },
} as unknown as Target;

it('is what the profile prefers, or what is asked for with the limits that the profile has for it', () => {
  expect(wantedSchemes({ scheme: undefined }, target)).toEqual([
    { scheme: 'int8', limits: { sqnrDb: 20 }, position: 0 },
    { scheme: 'float32', position: 1 },
  ]);
  const [float32] = wantedSchemes({ scheme: 'float32' }, target);
  expect(float32).toEqual({ scheme: 'float32', position: 1 });
  expect(limitsPointer(float32!, 'sqnrDb')).toBe('/schemes/1/limits/sqnrDb');
  expect(wantedSchemes({ scheme: 'dynamic-range' }, target)).toEqual([{ scheme: 'dynamic-range', position: null }]);
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
