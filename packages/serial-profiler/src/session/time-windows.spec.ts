// Windows as long as they have to be, of the right unit, with the median and the spread of what was measured.
import { simulatedSession } from '../testing/simulated-session.js';
import { refusalOf } from '../testing/refusal-of.js';
import { smallInput, smallNetwork } from '../testing/small-network.js';
import { referenceModel } from '../simulation/reference-model.js';
import type { Identity } from './greet.js';
import type { TimedRun } from './session.js';
import { timeWindows, usualWindows } from './time-windows.js';

const model = referenceModel(smallNetwork());
const input = smallInput(1);
const whole = model.ticks.reduce((sum, one) => sum + one, 0);

/** A device whose inferences take what the next of these says, over and over; what it was asked for. */
function device(clockHz: number, each: readonly number[], operators = [0.25, 0.75]) {
  const asked: [count: number, warmUp: number][] = [];
  let next = 0;
  const time = async (_: unknown, { count, warmUp }: { count: number; warmUp: number }): Promise<TimedRun> => {
    asked.push([count, warmUp]);
    const ticks = count * each[next++ % each.length]!;
    return { ticks, operators: operators.map((share) => (share * ticks > 2 ** 32 - 1 ? null : share * ticks)) };
  };
  return { asked, session: { identity: { clockHz } as Identity, time } };
}

it('measures the simulated device in five windows of ten seconds', async () => {
  const { open, run, time } = simulatedSession();
  const session = await open();
  const start = time.now();
  const timing = await run(timeWindows(session, [input]));
  // Its clock has a megahertz.
  expect(timing).toMatchObject({ unit: 'ms', windows: 5, inference: { least: whole / 1000, most: whole / 1000 } });
  expect(timing.inference.median).toBeCloseTo(whole / 1000, 9);
  expect(timing.inferences).toBe(5 * Math.ceil(10_000_000 / whole));
  expect(timing.operators.map((one) => one!.median)).toEqual(model.ticks.map((one) => one / 1000));
  expect(time.now() - start).toBeGreaterThan(50_000);
});

it('counts instructions twice, and never calls them milliseconds', async () => {
  const { open, run, time } = simulatedSession({ device: { identity: { clockHz: 0 } } });
  const session = await open();
  const start = time.now();
  const exactly = (count: number) => ({ median: count, least: count, most: count, mad: 0 });
  expect(await run(timeWindows(session, [input]))).toEqual({
    unit: 'instructions',
    inferences: 2,
    windows: 2,
    inference: exactly(whole),
    operators: model.ticks.map(exactly),
  });
  expect(time.now() - start).toBeLessThan(1000);
  // Counts that differ are to be seen.
  const { session: uneven } = device(0, [100, 104]);
  expect((await timeWindows(uneven, [])).inference).toEqual({ median: 102, least: 100, most: 104, mad: 2 });
});

it('measures inferences that are shorter than a tick', async () => {
  // 0.3 ms, by a clock of a kilohertz.
  const time = async (_: unknown, { count }: { count: number }): Promise<TimedRun> => ({
    ticks: Math.floor(0.3 * count),
    operators: [],
  });
  const timing = await timeWindows({ identity: { clockHz: 1000 }, time }, []);
  expect(timing.inference.median).toBeCloseTo(0.3, 4);
});

it('takes ten inferences where they are longer than the window', async () => {
  // Of 4 s each: five of them are silence enough for one run.
  const { session, asked } = device(1000, [4000]);
  const timing = await timeWindows(session, []);
  expect(timing).toMatchObject({ inferences: 50, inference: { median: 4000, least: 4000, most: 4000 } });
  expect(asked.slice(0, 3)).toEqual([
    [1, 1],
    [5, 1],
    [5, 0],
  ]);
  expect(asked.length).toBe(11);
});

it('goes on where the first inference was slower than the others', async () => {
  const { session, asked } = device(1000, [1000, 100, 100]);
  const timing = await timeWindows(session, [], { ...usualWindows, windows: 1 });
  expect(timing).toMatchObject({ inferences: 100, inference: { median: 100 } });
  // Ten by the estimate took 1 s.
  expect(asked).toEqual([
    [1, 1],
    [10, 1],
    [90, 0],
  ]);
});

it('gives the median and the spread of the windows', async () => {
  const { session } = device(1000, [100, 103, 99, 120, 101, 100]);
  const timing = await timeWindows(session, [], { ...usualWindows, windowMs: 1 });
  expect(timing).toMatchObject({ inferences: 50, windows: 5, inference: { median: 101, least: 99, most: 120 } });
  expect(timing.operators[1]).toEqual({ median: 75.75, least: 74.25, most: 90, mad: 1.5 });
});

it('keeps the ticks of operators within what the device counts', async () => {
  // A second of a gigahertz: four inferences are all that 32 bits hold.
  const { session, asked } = device(1e9, [1e9], [0.1, 0.9]);
  const { operators } = await timeWindows(session, []);
  expect(Math.max(...asked.map(([count]) => count))).toBe(4);
  expect(operators.map((one) => one!.median)).toEqual([100, 900]);
  const { session: slower } = device(1e9, [5e9], [0.1, 0.9]);
  expect((await timeWindows(slower, [])).operators[1]).toBeNull();
});

it('runs fewer inferences at once where an operator took more ticks than the device counts', async () => {
  // 480 MHz: eight inferences of the first estimate come close to 32 bits, and the others take a little longer.
  const first = 530e6;
  const { session, asked } = device(480e6, [first, first * 1.02], [0.001, 0.999]);
  const { operators } = await timeWindows(session, [], { ...usualWindows, windows: 1 });
  expect(asked.map(([count]) => count)).toEqual([1, 8, 4, 4, 2]);
  expect(operators[1]!.median).toBeCloseTo((0.999 * (6 * first + 4 * first * 1.02)) / 10 / 480e3, 6);
});

it('refuses a clock that stands still', async () => {
  for (const each of [[0], [100, 0]])
    expect(await refusalOf(timeWindows(device(1000, each).session, []))).toMatch(
      /^DEVICE_CLOCK: the clock of the device stands still: .*\n {2}next {2}start the timer/,
    );
});
