// Flash, RAM and the margin, at their edges.
import type { MemoryPlan } from '@wherry/memory-planner';
import { availableBytes, findProfile } from '@wherry/profiles';
import { activationRoom, arenaBytes, fitOf, fits, leastArenaBytes, misfit } from './fit.js';
import { readProfileFolder } from './inputs/profile-folder.js';
import type { SchemePlace } from './schemes/wanted-schemes.js';

const target = findProfile(await readProfileFolder(), 'esp32');
const { flash, ram } = target.profile.memory;
const memory = (
  usedBytes: number,
  leastArenaBytes: number,
  offline?: { readonly usedBytes: number; readonly leastArenaBytes: number },
): MemoryPlan =>
  ({
    estimate: { usedBytes, leastArenaBytes },
    offline: offline === undefined ? undefined : { estimate: offline },
  }) as unknown as MemoryPlan;

const place: SchemePlace = { scheme: 'int8', position: 0 };

it('adds the margin of the profile and rounds up to the alignment', () => {
  const plain = { ...target, profile: { ...target.profile, arenaMarginPercent: 0 } };
  expect([
    arenaBytes(plain, memory(1600, 0)),
    arenaBytes(plain, memory(1601, 0)),
    arenaBytes(plain, memory(16, 40)),
  ]).toEqual([1600, 1616, 48]);
  const generous = { ...target, profile: { ...target.profile, arenaMarginPercent: 10 } };
  expect(arenaBytes(generous, memory(1600, 0))).toBe(1760);
});

it('counts the plan that the file carries', () => {
  const plain = { ...target, profile: { ...target.profile, arenaMarginPercent: 0 } };
  expect(arenaBytes(plain, memory(1600, 0, { usedBytes: 800, leastArenaBytes: 0 }))).toBe(800);
});

it('counts on no plan where there may be a better one', () => {
  const plain = { ...target, profile: { ...target.profile, arenaMarginPercent: 0 } };
  const gaps = { ...memory(1600, 0), least: { usedBytes: 800, leastArenaBytes: 0 } } as unknown as MemoryPlan;
  expect([true, false].map((planned) => leastArenaBytes(plain, gaps, planned))).toEqual([1600, 800]);
});

it('refuses the first byte too many, of either, and names the place in the profile', () => {
  const [most, mostArena] = [availableBytes(flash), availableBytes(ram)];
  const refusal = (flashBytes: number, ramBytes: number): string => {
    const fit = fitOf(target, place, flashBytes, ramBytes);
    return fits(fit) ? 'fits' : misfit(target, place, fit, [], { least: false }).message;
  };
  expect(refusal(most, mostArena)).toBe('fits');
  expect(refusal(most + 1, 0)).toMatch(
    /MODEL_DOES_NOT_FIT: the model takes \d+ bytes of flash, \d+ are there: 1 too many\n.* esp32 at \/memory\/flash\n/,
  );
  expect(refusal(0, mostArena + 1)).toMatch(/: the arena takes \d+ bytes of RAM, .*\n.* at \/memory\/ram\n/);
  expect(refusal(most + 1, mostArena + 1)).toMatch(/flash.*; .*RAM.*\n.* at \/memory\/flash and \/memory\/ram\n/);
});

it('takes the limit of the scheme where it is below what the region has', () => {
  const limited = (limit: number): SchemePlace => ({ ...place, position: 1, limits: { arenaBytes: limit } });
  expect(fitOf(target, limited(5000), 0, 0).ram.available).toBe(5000);
  expect(fitOf(target, limited(1 << 30), 0, 0).ram.available).toBe(availableBytes(ram));
  const fit = fitOf(target, limited(5000), 0, 5001);
  expect(misfit(target, limited(5000), fit, ['do this'], { least: true }).message).toMatch(
    /takes at least 5001 bytes of RAM, 5000 are there: 1 or more too many\n.* at \/schemes\/1\/limits\/arenaBytes\n {2}next {2}do this; or make/,
  );
});

it('has room for what the margin and the runtime leave', () => {
  const plan = { estimate: { persistentBytes: 100 } } as unknown as MemoryPlan;
  const generous = { ...target, profile: { ...target.profile, arenaMarginPercent: 25 } };
  const of = (available: number): number =>
    activationRoom(generous, { flash: { used: 0, available: 0 }, ram: { used: 0, available } }, plan);
  expect([of(2000), of(2019), of(50)]).toEqual([1500, 1500, 0]);
});
