// What is measured of several mixtures that fit is the most accurate one, not the one with most layers raised.
import type { MixedUnit } from '@wherry/quantizer';
import { bestThatFits, type Probed } from './best-that-fits.js';

const units = ['a', 'b', 'c'].map((layer): MixedUnit => ({ layer, nodes: [], work: 1 }));
const probed = (layers: number, sqnrDb: number | null, fits = true): Probed => ({
  raised: units.slice(0, layers),
  point: {
    layers,
    workShare: layers / 3,
    arenaBytes: 1,
    samples: 1,
    sqnrDb,
    agreement: null,
    accurate: true,
    fits,
    refuted: false,
  },
});
const chosen = (...points: readonly Probed[]): number | undefined => bestThatFits(points)?.length;

it('is the most accurate of those that fit', () => {
  expect(chosen(probed(1, 20), probed(2, 30), probed(3, 25))).toBe(2);
  expect(chosen(probed(1, 20), probed(2, 30, false), probed(3, 25))).toBe(3);
  expect(chosen(probed(3, 25), probed(1, null), probed(2, 30))).toBe(1);
});

it('has fewer layers raised where two are as accurate', () => {
  expect(chosen(probed(3, 30), probed(2, 30))).toBe(2);
  expect(chosen(probed(1, null), probed(2, null))).toBe(1);
});

it('is none where nothing fits but what is not mixed', () => {
  expect(chosen(probed(0, 40), probed(1, 20, false))).toBeUndefined();
  expect(chosen()).toBeUndefined();
});
