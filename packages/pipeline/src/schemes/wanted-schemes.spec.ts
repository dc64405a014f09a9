// Which limits hold for a scheme: its own, or those of a scheme before it, so that none is taken because nothing is asked of it.
import type { SchemePreference } from '@wherry/profiles';
import { limitsPointer, placeOf } from './wanted-schemes.js';

const strict = { accuracyDropPoints: 2 };

const limitsIn = (...schemes: SchemePreference[]) =>
  (['int8', 'int16x8', 'float32', 'float16'] as const).map((scheme) => {
    const place = placeOf({ schemes }, scheme);
    return [place.limits, place.limitsAt === null ? null : limitsPointer(place, 'accuracyDropPoints')];
  });

it('holds a scheme without limits to those before it, and one that is not in the list to the first', () => {
  const at0 = [strict, '/schemes/0/limits/accuracyDropPoints'];
  expect(limitsIn({ scheme: 'int8', limits: strict }, { scheme: 'int16x8' }, { scheme: 'float32' })).toEqual([
    at0,
    at0,
    at0,
    at0,
  ]);
});

it('asks for what a scheme says itself, which may be nothing', () => {
  const lax = { sqnrDb: 20 };
  const [int8, int16x8, float32] = limitsIn(
    { scheme: 'int8', limits: strict },
    { scheme: 'int16x8', limits: lax },
    { scheme: 'float32', limits: {} },
  );
  expect([int8?.[0], int16x8?.[0], float32?.[0]]).toEqual([strict, lax, {}]);
});

it('asks for nothing where no scheme before it has limits', () => {
  const [int8, int16x8] = limitsIn({ scheme: 'int8' }, { scheme: 'int16x8', limits: strict });
  expect([int8, int16x8]).toEqual([
    [undefined, null],
    [strict, '/schemes/1/limits/accuracyDropPoints'],
  ]);
});
