// Several items under way, results in order, and no more begun after a failure.
import { inTurn } from './in-turn.js';

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it.each([1, 2, 5])('gives results in order with %i at once, and has no more under way', async (atOnce) => {
  let [underWay, most] = [0, 0];
  const given: number[] = [];
  for await (const { item, result } of inTurn([5, 1, 4, 0, 2, 3], atOnce, async (each) => {
    most = Math.max(most, ++underWay);
    await later(each * 3);
    underWay -= 1;
    return each * 10;
  }))
    given.push(item, result);
  expect(given).toEqual([5, 50, 1, 10, 4, 40, 0, 0, 2, 20, 3, 30]);
  expect(most).toBe(atOnce);
});

it('throws what fails when its turn comes, and begins nothing after', async () => {
  const begun: number[] = [];
  const given: number[] = [];
  const run = async () => {
    for await (const { result } of inTurn([0, 1, 2, 3, 4, 5, 6], 3, async (each) => {
      begun.push(each);
      await later(1);
      if (each === 2) throw new Error('two');
      return each;
    }))
      given.push(result);
  };
  await expect(run()).rejects.toThrow('two');
  expect(given).toEqual([0, 1]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

it('lets a failure wait for its turn: the process hears of none before', async () => {
  const unheard: unknown[] = [];
  const listen = (reason: unknown): unknown => unheard.push(reason);
  process.on('unhandledRejection', listen);
  try {
    const run = async () => {
      for await (const _ of inTurn([30, 0], 2, async (wait) => {
        await later(wait);
        if (wait === 0) throw new Error('early');
      }));
    };
    await expect(run()).rejects.toThrow('early');
    expect(unheard).toEqual([]);
  } finally {
    process.off('unhandledRejection', listen);
  }
});
