// Parts: every byte is asked for until it is here, in whatever order parts come, twice or not at all.
import { chanceOf } from '../simulation/chance.js';
import { Parts } from './parts.js';

it('takes the first that is missing, up to the next that is not', () => {
  const parts = new Parts(10);
  expect(parts.take(4)).toEqual({ offset: 0, length: 4 });
  expect(parts.take(4)).toEqual({ offset: 4, length: 4 });
  parts.came({ offset: 4, length: 2 });
  parts.giveBack({ offset: 0, length: 8 });
  expect(parts.take(8)).toEqual({ offset: 0, length: 4 });
  expect(parts.take(8)).toEqual({ offset: 6, length: 4 });
  expect(parts.take(8)).toBeNull();
  expect(parts.whole).toBe(false);
  parts.came({ offset: 0, length: 10 });
  parts.giveBack({ offset: 0, length: 10 });
  expect([parts.whole, parts.take(1)]).toEqual([true, null]);
});

it('is whole at once where there is nothing', () => {
  expect([new Parts(0).whole, new Parts(0).take(9)]).toEqual([true, null]);
});

it('comes to an end whatever is lost', () => {
  const chance = chanceOf(1);
  const parts = new Parts(1000);
  const asked = [];
  for (let turns = 0; !parts.whole; turns++) {
    expect(turns).toBeLessThan(100_000);
    const part = parts.take(1 + Math.floor(chance() * 40));
    if (part !== null) asked.push(part);
    const one = asked[Math.floor(chance() * asked.length)]!;
    if (chance() < 0.5) parts.giveBack(one);
    else parts.came({ offset: one.offset, length: Math.ceil(one.length * chance()) });
  }
});
