// A session with a sound device on a sound line: every call, and what it says of a device that is not the one meant.
import { referenceModel } from '../simulation/reference-model.js';
import { refusalOf } from '../testing/refusal-of.js';
import { simulatedSession } from '../testing/simulated-session.js';
import { smallInput, smallNetwork } from '../testing/small-network.js';

const model = referenceModel(smallNetwork());
const input = smallInput(1);
const right = model.run([input]);

it('gives the outputs of an inference, one after the other', async () => {
  const { open, run } = simulatedSession();
  const session = await open();
  expect(session.identity).toMatchObject({ chip: 'simulated', operators: 5 });
  for (const seed of [1, 2, 3]) {
    const { outputs } = model.run([smallInput(seed)]);
    expect(await run(session.infer([smallInput(seed)]))).toEqual(outputs);
  }
});

it('gives what every operator writes, each once and in order', async () => {
  const { open, run } = simulatedSession();
  const session = await open();
  const seen: [number, Uint8Array][] = [];
  expect(await run(session.layers([input], (...one) => seen.push(one)))).toEqual(right.outputs);
  expect(seen).toEqual([...right.tensors.entries()]);
});

it('holds every tensor against what it should be, and fetches those alone that are not', async () => {
  const { open, run, port } = simulatedSession();
  const session = await open();
  const none: number[] = [];
  const before = port.traffic.fromDevice;
  expect(await run(session.compare([input], right.tensors, (tensor) => none.push(tensor)))).toEqual(right.outputs);
  expect(none).toEqual([]);
  const digestsOnly = port.traffic.fromDevice - before;
  const wrong = right.tensors.map((bytes, at) => (at === 2 ? bytes.map((byte) => byte ^ 1) : bytes));
  const differing: [number, Uint8Array][] = [];
  await run(session.compare([input], wrong, (...one) => differing.push(one)));
  expect(differing).toEqual([[2, right.tensors[2]]]);
  expect(port.traffic.fromDevice - before - digestsOnly).toBeGreaterThan(digestsOnly);
});

it('times inferences and each operator', async () => {
  const { open, run } = simulatedSession();
  const session = await open();
  const { ticks, operators } = await run(session.time([input], { count: 4, warmUp: 2 }));
  expect(operators).toEqual(model.ticks.map((one) => 4 * one));
  expect(ticks).toBe(operators.reduce<number>((sum, one) => sum + one!, 0));
});

it('says what memory is used, and starts the device anew', async () => {
  const { open, run, port } = simulatedSession();
  const session = await open();
  expect(await run(session.memory())).toMatchObject({ stackBytes: 4096, stackUsed: 1024 });
  await run(session.restart());
  expect(port.device.starts).toBe(2);
  expect(await run(session.infer([input]))).toEqual(right.outputs);
});

it('uses nine tenths of a line of 115,200 baud and more', async () => {
  const bytes = 40_000;
  const large = {
    layout: { inputs: [4], outputs: [bytes], operators: 1, tensors: [{ operator: 0, bytes }] },
    hash: 'ab'.repeat(32),
    ticks: [10],
    run: () => {
      const tensor = Uint8Array.from({ length: bytes }, (_, at) => (at * 7) % 251);
      return { tensors: [tensor], outputs: [tensor] };
    },
  };
  const { open, run, time } = simulatedSession({ model: large, baud: 115_200, delayMs: 2 });
  const session = await open();
  const start = time.now();
  const [output] = await run(session.infer([Uint8Array.of(1, 2, 3, 4)]));
  expect(output).toEqual(large.run().outputs[0]);
  expect((bytes * 10 * 1000) / 115_200 / (time.now() - start)).toBeGreaterThan(0.9);
});

it.each([
  [1, false],
  [1.009, false],
  [0.991, false],
  [1.02, true],
  [0.98, true],
  [16, true],
])('a clock at %s of its rate is told: %s', async (clockRate, isWrong) => {
  const { open, run } = simulatedSession({ device: { clockRate } });
  const session = await open();
  const test = run(session.testClock(2000));
  if (isWrong) {
    expect(await refusalOf(test)).toContain(
      `DEVICE_CLOCK: the clock of the device states 1000000 ticks a second and makes ${String(clockRate * 1000).slice(0, 2)}`,
    );
  } else {
    const { measuredHz, uncertainty } = (await test)!;
    expect(uncertainty).toBeLessThan(0.01);
    expect(Math.abs(measuredHz / 1e6 / clockRate - 1)).toBeLessThan(uncertainty);
  }
});

it.each([1.015, 0.985])('waits longer on a slow line until a clock at %s of its rate is told', async (clockRate) => {
  const { open, run } = simulatedSession({ device: { clockRate }, delayMs: 40 });
  const session = await open();
  expect(await refusalOf(run(session.testClock(2000)))).toMatch(/^DEVICE_CLOCK: .* \(to 0\.\d\d %\)/);
});

it('does not wait for ever, and says how uncertain the rate is', async () => {
  const { open, run, time } = simulatedSession({ delayMs: 40 });
  const session = await open();
  const start = time.now();
  const { uncertainty } = (await run(session.testClock(200)))!;
  expect(uncertainty).toBeGreaterThan(0.02);
  expect(time.now() - start).toBeLessThan(4000);
});

it('tests no clock that counts instructions', async () => {
  const { open, run } = simulatedSession({ device: { identity: { clockHz: 0 } } });
  expect(await run((await open()).testClock(2000))).toBeNull();
});

describe('refuses', () => {
  it.each([
    [
      'another model',
      { device: { identity: { model: '12'.repeat(32), firmware: 'mine 3' } } },
      'DEVICE_WRONG_MODEL: the device runs the model with SHA-256 121212121212… (firmware mine 3, for host-reference), the file given has',
    ],
    [
      'too small an arena',
      { device: { identity: { arenaBytes: 63 } } },
      'DEVICE_ARENA: the firmware gives the model an arena of 63 bytes, it needs 64\n  at    simulated\n  next  set the arena',
    ],
    [
      'another profile',
      { expected: { profile: 'rp2040' } },
      'DEVICE_PROFILE: the firmware was made for the profile host-reference, rp2040 is asked for (chip: simulated)',
    ],
    [
      'a newer version of the protocol',
      { device: { version: 2 } },
      'DEVICE_VERSION: the device speaks version 2 of the protocol, this tool version 1\n  at    simulated\n  next  use the version',
    ],
    [
      'an older version of the protocol',
      { device: { version: 0 } },
      'DEVICE_VERSION: the device speaks version 0 of the protocol, this tool version 1\n  at    simulated\n  next  build the firmware',
    ],
    [
      'a count that cannot be',
      { device: { identity: { operators: 6 } } },
      'DEVICE_CONTRADICTS: the device has the model given, but 6 operators instead of 5',
    ],
    [
      'frames of nothing',
      { device: { identity: { dataBytes: 0 } } },
      'DEVICE_CONTRADICTS: HELLO gives 0 bytes from 0, asked for 32 from 0',
    ],
    [
      'frames that are too short',
      { device: { identity: { dataBytes: 31 } } },
      'DEVICE_CONTRADICTS: frames of 31 bytes of data, the least is 32',
    ],
    [
      'a device that does not answer',
      { device: { silentAfter: 0 } },
      'DEVICE_SILENT: the device did not answer for 5 s\n',
    ],
    [
      'another firmware',
      { device: { silentAfter: 0 }, bootLog: '\u001b[2Jsensor 4711\r\n\u0007ready\r\n' },
      'DEVICE_SILENT: the device did not answer for 5 s; it printed last: "sensor 4711" "\uFFFDready"\n  at    simulated\n  next  another firmware',
    ],
    [
      'a device that starts again and again',
      {
        device: { bootLoop: true },
        bootLog: 'rst:0x10 (RTCWDT_RTC_RESET)\r\n\u001b[31mmalloc failed\u001b[0m\r\n',
        bootMs: 200,
      },
      'DEVICE_BOOT_LOOP: the device starts again and again instead of answering; each time it prints "rst:0x10 (RTCWDT_RTC_RESET)"; it printed last: "rst',
    ],
    [
      'a line that gives back what is sent, and nothing else',
      { device: { silentAfter: 0 }, echoes: true },
      /^LINK_ECHO: in 5 s nothing but what was sent came back, 100 frames\n {2}at {4}simulated\n {2}next {2}take off a wire that joins TX and RX/,
    ],
    [
      'a device that falls silent while it greets',
      { device: { silentAfter: 2 } },
      'DEVICE_SILENT: the device answered before, and then no more for 5 s\n  at    simulated\n  next  press its reset button',
    ],
    [
      'a port that ends',
      { bootMs: 600, endsAfter: 500 },
      'LINK_LOST: the port was lost in the middle of the work: the device was unplugged',
    ],
  ])('%s', async (_, settings, words) => {
    const { open, port } = simulatedSession(settings);
    const refusal = await refusalOf(open());
    if (typeof words === 'string') expect(refusal).toContain(words);
    else expect(refusal).toMatch(words);
    // The port is closed: nothing is written any more.
    const { toDevice } = port.traffic;
    port.write(Uint8Array.of(1));
    expect(port.traffic.toDevice).toBe(toDevice);
  });

  it.each([
    ['a run that fails', { device: { runFails: 7 } }, 'DEVICE_RUN_FAILED: the runtime gave up with code 7'],
    ['a size that is a lie', { device: { sizeLie: 1 } }, 'DEVICE_CONTRADICTS: GET_OUTPUT is 38 bytes, it has to be 37'],
    ['another size that is a lie', { device: { sizeLie: 4e9 } }, 'DEVICE_CONTRADICTS: GET_OUTPUT is 4000000037 bytes'],
    ['bytes that are spoiled each time', { device: { spoils: 1 }, expected: {} }, 'DEVICE_CONTRADICTS'],
    [
      'silence in the middle',
      { device: { silentAfter: 7 } },
      'DEVICE_SILENT: the device answered before, and then no more for',
    ],
  ])('%s', async (_, settings, words) => {
    const { open, run } = simulatedSession(settings);
    expect(await refusalOf(open().then((session) => run(session.infer([input]))))).toContain(words);
  });

  it('a wrong number of bytes for an input, which is a fault of who calls', async () => {
    const { open, run } = simulatedSession();
    const session = await open();
    await expect(run(session.infer([input.subarray(1)]))).rejects.toThrow(RangeError);
  });
});

it('bears an echo beside what the device answers', async () => {
  const { open, run } = simulatedSession({ echoes: true });
  const session = await open();
  expect(await run(session.infer([input]))).toEqual(right.outputs);
});

it('says how often the device started by itself while it worked', async () => {
  const { open, run, port } = simulatedSession({ device: { restartsEvery: 400 }, seed: 3 });
  const session = await open();
  const before = port.device.starts;
  for (let times = 0; times < 60; times++) expect(await run(session.infer([input]))).toEqual(right.outputs);
  expect(port.device.starts).toBeGreaterThan(before);
  expect(session.restarts).toBeGreaterThan(0);
  expect(session.restarts).toBeLessThanOrEqual(port.device.starts - 1);
  const sound = simulatedSession();
  const other = await sound.open();
  await sound.run(other.infer([input]));
  expect(other.restarts).toBe(0);
});

it('bears what an emulated board is slow at, and not what a device is', async () => {
  // Nothing is said before 20 s: a machine that has no time for the emulator.
  const slow = { bootMs: 20_000 };
  expect(await refusalOf(simulatedSession(slow).open())).toContain('DEVICE_SILENT: the device did not answer for 5 s');
  const { open, port } = simulatedSession({ ...slow, isEmulated: true });
  expect(port.isEmulated).toBe(true);
  expect((await open()).identity.chip).not.toBe('');
});

it('fetches a tensor again whose bytes were spoiled on the device', async () => {
  const { open, run } = simulatedSession({ device: { spoils: 3 } });
  const session = await open();
  const seen: Uint8Array[] = [];
  expect(await run(session.layers([input], (_, bytes) => seen.push(bytes)))).toEqual(right.outputs);
  expect(seen).toEqual(right.tensors);
});
