// Flash, RAM and the margin, at their edges.
import type { MemoryPlan } from '@wherry/memory-planner';
import { availableBytes, findProfile } from '@wherry/profiles';
import { arenaBytes, fitOf, requireFit } from './fit.js';
import { readProfileFolder } from './inputs/profile-folder.js';

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

it('refuses the first byte too many, of either', () => {
  const [most, mostArena] = [availableBytes(flash), availableBytes(ram)];
  expect(() => requireFit(target, fitOf(target, most, mostArena))).not.toThrow();
  expect(() => requireFit(target, fitOf(target, most + 1, 0))).toThrow(
    /MODEL_DOES_NOT_FIT: the model takes \d+ bytes of flash, \d+ are there\n/,
  );
  expect(() => requireFit(target, fitOf(target, 0, mostArena + 1))).toThrow(
    /MODEL_DOES_NOT_FIT: the arena takes \d+ bytes of RAM/,
  );
  expect(() => requireFit(target, fitOf(target, most + 1, mostArena + 1))).toThrow(/flash.*; .*RAM/);
});
