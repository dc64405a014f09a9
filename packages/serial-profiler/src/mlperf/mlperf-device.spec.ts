// The text of MLPerf Tiny with a board that speaks nothing else: what it measures, and what is refused.
import { MlperfBoard, type MlperfFaults } from '../simulation/mlperf-board.js';
import { VirtualTime } from '../simulation/virtual-time.js';
import { echoing, joinedPorts, type JoinedPorts } from '../testing/joined-ports.js';
import { refusalOf } from '../testing/refusal-of.js';
import { MlperfDevice, usualMlperf } from './mlperf-device.js';
import { TextLines } from './text-lines.js';

const input = Uint8Array.from({ length: 100 }, (_, at) => (at * 37) & 255);
const model = {
  name: 'ic01',
  inputBytes: 100,
  microseconds: 2500,
  results: (bytes: Uint8Array) => [bytes.reduce((sum, one) => sum + one, 0) / 1000, -0.25, 0],
};
const right = model.results(input).map((one) => Number(one.toFixed(3)));

interface Bench extends JoinedPorts {
  readonly time: VirtualTime;
  readonly board: MlperfBoard;
  readonly open: () => Promise<MlperfDevice>;
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

function bench(faults: MlperfFaults = {}, bootMs = 20): Bench {
  const time = new VirtualTime();
  const ports = joinedPorts(time);
  const board = new MlperfBoard({ port: ports.device, time, model, faults, bootMs });
  const run = <T>(work: Promise<T>): Promise<T> => time.run(work);
  return { ...ports, time, board, run, open: () => run(MlperfDevice.open(ports.host, time)) };
}

it('tells name and model, takes an input, and gives time and results', async () => {
  const { open, run, board } = bench();
  const device = await open();
  expect([device.name, device.model]).toEqual(['simulated', 'ic01']);
  await run(device.load(input));
  expect(await run(device.infer({ count: 20, warmUp: 3 }))).toEqual({ microseconds: 50_000, results: right });
  expect(await run(device.results())).toEqual(right);
  expect(board.commands.filter((command) => command.length > 80)).toEqual([]);
  expect(board.commands).toContain('db load 100');
  device.close();
});

it('takes a row of results that ends with a comma, as one of the benchmark prints it', async () => {
  const { open, run } = bench({ results: '0.25,-0.5,' });
  const device = await open();
  await run(device.load(input));
  expect((await run(device.infer({ count: 1, warmUp: 0 }))).results).toEqual([0.25, -0.5]);
});

it('measures in windows of ten seconds, and tests the clock', async () => {
  const { open, run, time } = bench();
  const device = await open();
  await run(device.load(input));
  const start = time.now();
  expect(await run(device.timing())).toMatchObject({
    unit: 'ms',
    inferences: 20_000,
    inference: { median: 2.5, least: 2.5, most: 2.5 },
  });
  expect(time.now() - start).toBeGreaterThan(50_000);
  expect((await run(device.testClock(2000))).measuredHz / 1e6).toBeCloseTo(1, 2);
});

it('bears a clock that begins at 0 again', async () => {
  const { open, run } = bench({ clockFrom: 2 ** 32 - 1_000_000 });
  const device = await open();
  await run(device.load(input));
  expect((await run(device.infer({ count: 1000, warmUp: 0 }))).microseconds).toBe(2_500_000);
  const other = bench({ clockFrom: 2 ** 32 - 2_000_000 });
  const late = await other.open();
  expect((await other.run(late.testClock(2000))).measuredHz / 1e6).toBeCloseTo(1, 2);
});

it('waits for a board that boots, and greets it among what else it prints', async () => {
  const { open, run } = bench({ chatter: 'heap 4711' }, 3000);
  const device = await open();
  expect(device.name).toBe('simulated');
  await run(device.load(input));
  expect((await run(device.infer({ count: 1, warmUp: 0 }))).results).toEqual(right);
});

it('bears a line that gives back what is sent', async () => {
  const { host, run, time } = bench();
  const device = await run(MlperfDevice.open(echoing(host), time));
  await run(device.load(input));
  expect(await run(device.infer({ count: 1, warmUp: 0 }))).toEqual({ microseconds: 2500, results: right });
});

it('tells such a line where nothing else comes', async () => {
  const { host, run, time } = bench({ silentAfter: 0 });
  expect(await refusalOf(run(MlperfDevice.open(echoing(host), time)))).toMatch(
    /^LINK_ECHO: in 5 s nothing but what was sent came back, 10 commands; .*\n.*\n {2}next {2}take off a wire/,
  );
});

it('loads an input again that was spoiled, as it is read back', async () => {
  const { open, run, board } = bench({ spoils: 2 });
  const device = await open();
  await run(device.load(input));
  expect(board.commands.filter((command) => command === 'db load 100')).toHaveLength(3);
  expect((await run(device.infer({ count: 1, warmUp: 0 }))).results).toEqual(right);
  const worse = bench({ spoils: 3 });
  const other = await worse.open();
  expect(await refusalOf(worse.run(other.load(input)))).toMatch(
    /^MLPERF_CONTRADICTS: the bytes of the input that the device reads back are not/,
  );
});

it('does without what firmware may lack', async () => {
  const { open, run } = bench({ unknown: ['db print', 'profile'] });
  const device = await open();
  expect(device.model).toBe('');
  await run(device.load(input));
});

const work = async (device: MlperfDevice): Promise<unknown> => {
  await device.load(input);
  return device.infer({ count: 2, warmUp: 0 });
};

it.each<[string, MlperfFaults, RegExp]>([
  [
    'silence',
    { silentAfter: 0 },
    /^DEVICE_SILENT: the device did not answer "name" for 5 s\n {2}at {4}host\n {2}next {2}check that/,
  ],
  [
    'silence in the middle',
    { silentAfter: 4 },
    /^DEVICE_SILENT: the device did not answer "db load 100" for 2 s; it printed last: .*"m-ready"\n/,
  ],
  [
    'a firmware that knows no name',
    { unknown: ['name'] },
    /^MLPERF_REFUSED: the device refuses "name": e-\[Unknown command: name\]\n/,
  ],
  ['firmware for energy', { energy: true }, /^MLPERF_NO_TIME: .*\n.*\n {2}next {2}build its firmware for performance/],
  [
    'results that are none',
    { results: '0.1,nan' },
    /^MLPERF_CONTRADICTS: the results are no row of numbers: "0.1,nan"\n/,
  ],
])('refuses %s', async (_, faults, words) => {
  const { open, run } = bench(faults);
  expect(await refusalOf(open().then((device) => run(work(device))))).toMatch(words);
});

it('refuses an input that is too long, a clock that is wrong, a port that ends', async () => {
  const { open, run } = bench();
  const device = await open();
  expect(await refusalOf(run(device.load(new Uint8Array(101))))).toMatch(
    /^MLPERF_REFUSED: the device refuses "db load 101": Supplied buffer size 101 exceeds maximum of 100\n/,
  );
  const fast = bench({ clockRate: 1.03 });
  const other = await fast.open();
  expect(await refusalOf(fast.run(other.testClock(2000)))).toMatch(
    /^DEVICE_CLOCK: .* 1000000 ticks a second and makes 10[23]\d{4} /,
  );
  const cut = bench();
  const third = await cut.open();
  cut.time.after(10, () => cut.cut());
  expect(await refusalOf(cut.run(third.infer({ count: 100, warmUp: 0 })))).toMatch(/^LINK_LOST: /);
  expect(await refusalOf(third.results())).toMatch(/^LINK_LOST: /);
});

it.each([0.1, 10])('refuses times that cannot be: %s of what passed', async (clockRate) => {
  const { open, run } = bench({ clockRate });
  const device = await open();
  expect(await refusalOf(run(device.infer({ count: 1000, warmUp: 100 })))).toMatch(
    /^MLPERF_CONTRADICTS: \d+ us for 1000 inferences cannot be: with the warm-up the answer took 27\d\d ms\n/,
  );
});

it('never hangs on a line that damages text', async () => {
  for (let seed = 0; seed < 50; seed++) {
    const { time, host, board } = bench();
    let count = 0;
    const lossy = {
      ...host,
      // Every so many bytes one is lost: text has no checksum.
      listen: (events: Parameters<typeof host.listen>[0]) =>
        host.listen({
          data: (bytes) => events.data(bytes.filter(() => ++count % (40 + seed) !== 0)),
          closed: (reason) => events.closed(reason),
        }),
    };
    const outcome = await time.run(
      MlperfDevice.open(lossy, time, { ...usualMlperf, silentMs: 2000 })
        .then((one) => work(one))
        .then(
          (run) => JSON.stringify(run),
          (error: Error) => error.message,
        ),
    );
    expect(outcome).toMatch(/^(\{"microseconds":|MLPERF_|DEVICE_SILENT)/);
    expect(board.commands.length).toBeGreaterThan(0);
  }
});

it('splits lines in bounded memory', () => {
  const lines: string[] = [];
  const split = new TextLines((line) => lines.push(line));
  split.push(Buffer.from('a\r\nb'));
  split.push(Buffer.from('c\r\n\n'));
  for (let part = 0; part < 100; part++) split.push(Buffer.alloc(100_000, 0x78));
  split.push(Buffer.from('\nd\n'));
  expect(lines).toEqual(['a', 'bc', '', 'd']);
});
