// A session is recorded, and run again without its device: the same result, or the same error.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WherryError } from '@wherry/graph';
import { resetOver } from '../reset/reset-strategies.js';
import { Session } from '../session/session.js';
import { chanceOf } from '../simulation/chance.js';
import { referenceModel } from '../simulation/reference-model.js';
import { simulatedPort, type Simulation } from '../simulation/simulated-line.js';
import { VirtualTime } from '../simulation/virtual-time.js';
import { deviceBehind } from '../testing/device-behind.js';
import { describeOnTtys, openTtyPair } from '../testing/tty-pair.js';
import { openSerialPort } from '../ports/serial-port.js';
import { systemTime } from '../time.js';
import { refusalOf } from '../testing/refusal-of.js';
import { smallInput, smallNetwork } from '../testing/small-network.js';
import { replay } from './replay.js';
import { createTraceFile } from './trace-file.js';
import { parseTrace } from './trace-format.js';
import { tracedLine, type SessionLine } from './traced-line.js';

const model = referenceModel(smallNetwork());
const input = smallInput(3);
const expected = { model: model.hash, layout: model.layout, arenaBytes: 64 };

/** Every layer, a result, times and the clock; or the lines of the error that it ends with. */
async function work(line: SessionLine, seed = 3): Promise<unknown> {
  try {
    await resetOver(line.port, 'esp-dtr-rts', line.time);
    const session = await Session.open({ ...line, expected, policy: { noisyMs: 20_000, ...line.policy } });
    const layers: string[] = [];
    const outputs = await session.layers([smallInput(seed)], (_, bytes) =>
      layers.push(Buffer.from(bytes).toString('hex')),
    );
    const times = await session.time([input], { count: 3, warmUp: 1 });
    const clock = await session.testClock(200);
    session.close();
    return { layers, outputs: outputs.map((one) => Buffer.from(one).toString('hex')), times, clock };
  } catch (error) {
    if (error instanceof WherryError) return error.message;
    throw error;
  }
}

/** In virtual time, with a device in this process. */
async function record(
  settings: Partial<Simulation> = {},
  policy: Partial<SessionLine> = {},
): Promise<{ readonly result: unknown; readonly trace: string }> {
  const time = new VirtualTime();
  const bare = simulatedPort({ model, time, seed: 1, ...settings });
  const signals = { set: async () => true, setBaud: async () => undefined };
  const chance = chanceOf(settings.seed ?? 1);
  let trace = '';
  const line = tracedLine(
    { port: { ...bare, signals }, time, number: () => Math.floor(chance() * 2 ** 32), ...policy },
    (text) => (trace += text),
  );
  const result = await time.run(work(line));
  line.flush();
  return { result, trace };
}

const play = (trace: string, seed?: number): Promise<unknown> =>
  replay(parseTrace(trace, 'file'), (line) => work(line, seed));

it.each<[string, Partial<Simulation>, RegExp]>([
  ['a sound line', {}, /"layers"/],
  ['a bad line', { line: { flipped: 0.01, lost: 0.005, doubled: 0.002 } }, /"layers"/],
  ['a device that starts anew', { device: { restartsEvery: 700 }, bootLog: 'boot\r\n' }, /"layers"|DEVICE_RESTARTS/],
  ['silence', { device: { silentAfter: 9 } }, /DEVICE_SILENT/],
  ['a boot loop', { device: { bootLoop: true }, bootMs: 200, bootLog: 'rst:0x1\r\n' }, /DEVICE_BOOT_LOOP/],
  ['a wrong clock', { device: { clockRate: 2 } }, /DEVICE_CLOCK/],
  ['a port that is lost', { endsAfter: 400 }, /LINK_LOST/],
])('%s comes out the same', async (_, settings, words) => {
  const { result, trace } = await record(settings);
  expect(JSON.stringify(result)).toMatch(words);
  expect(await play(trace)).toEqual(result);
});

it('keeps how long silence was borne', async () => {
  const slow = { bootMs: 12_000 };
  const patient = await record(slow, { policy: { silentMs: 20_000 } });
  expect(patient.trace).toMatch(/^\{"wherryTrace":2,.*"silentMs":20000,/);
  expect(JSON.stringify(patient.result)).toContain('"layers"');
  expect(await play(patient.trace)).toEqual(patient.result);
  expect((await record(slow)).result).toMatch(/^DEVICE_SILENT: .*\n.*\n.*give --wait SECONDS$/);
});

it('has times in it, and begins with its version', async () => {
  const { trace } = await record();
  const [header, ...lines] = trace.split('\n');
  expect(header).toMatch(
    /^\{"wherryTrace":2,"port":"simulated","hasSignals":true,"isEmulated":false,"sum":"[0-9a-f]{8}"\}$/,
  );
  expect(
    lines.filter((line) => /^\{"at":[\d.]+,"(write|data)":"([0-9a-f]{2})+","sum":/.test(line)).length,
  ).toBeGreaterThan(20);
});

it.each([
  [
    'another model',
    { model: 'cd'.repeat(32) },
    `DEVICE_WRONG_MODEL: the device of the trace ran the model with SHA-256 ${model.hash.slice(0, 12)}… (firmware simulated 1, for host-reference), the file given has cdcdcdcdcdcd…\n  at    simulated\n  next  give the model that the trace was recorded with`,
  ],
  ['another profile', { profile: 'rp2040' }, 'next  ask for host-reference, which the trace is of'],
])('names %s that a trace is of', async (_, other, words) => {
  const { trace } = await record();
  const again = replay(parseTrace(trace, 'file'), async (line) => {
    await resetOver(line.port, 'esp-dtr-rts', line.time);
    const session = await Session.open({ ...line, expected: { ...expected, ...other } });
    session.close();
  });
  expect(await refusalOf(again)).toContain(words);
});

it('refuses work that is not that of the trace', async () => {
  const { trace } = await record();
  expect(await refusalOf(play(trace, 4))).toMatch(
    /^TRACE_DIFFERS: .* other bytes were sent\n {2}at {4}line \d+ of the trace\n/,
  );
  const less = replay(parseTrace(trace, 'file'), async (line) => {
    await resetOver(line.port, 'esp-dtr-rts', line.time);
    await Session.open({ ...line, expected, policy: { noisyMs: 20_000 } });
  });
  expect(await refusalOf(less)).toContain(
    'TRACE_DIFFERS: what is done now is not what was done then: more was sent then',
  );
});

it('says of a trace that it ends in the middle of the work, wherever it is cut', async () => {
  const { trace } = await record();
  const lines = trace.trimEnd().split('\n');
  expect(lines.at(-1)).toContain('"close":true');
  // What is left of the last is the same result.
  for (let kept = 1; kept < lines.length - 1; kept += kept < 60 ? 1 : 7) {
    const requests = lines.slice(0, kept).filter((line) => line.includes('"write":')).length;
    expect(await refusalOf(play(`${lines.slice(0, kept).join('\n')}\n`))).toMatch(
      `TRACE_ENDS: the trace ends at line ${kept}, behind ${requests} request${requests === 1 ? '' : 's'}, and the work goes on\n  at    line ${kept} of the trace\n  next  copy the file again to its end`,
    );
  }
  expect(await refusalOf(Promise.resolve().then(() => parseTrace(trace.slice(0, -9), 'file')))).toMatch(
    `TRACE_ENDS: the trace ends in the middle of line ${lines.length}, behind `,
  );
});

it('says the same of a run that was stopped, or did less', async () => {
  const time = new VirtualTime();
  let trace = '';
  const line = tracedLine(
    { port: simulatedPort({ model, time, seed: 1 }), time, number: () => 4 },
    (text) => (trace += text),
  );
  const session = await time.run(Session.open({ ...line, expected }));
  session.close();
  line.flush();
  const more = replay(parseTrace(trace, 'file'), async (again) => {
    const one = await Session.open({ ...again, expected });
    await one.infer([input]);
  });
  expect(await refusalOf(more)).toMatch(/^TRACE_ENDS: the trace ends at line \d+, behind \d+ requests, /);
});

it('refuses a trace that is damaged at any place, or of another version', async () => {
  const { trace } = await record({ device: { identity: { model: '12'.repeat(32) } } });
  const chance = chanceOf(5);
  const wrong = (text: string): string => {
    try {
      parseTrace(text, 'file');
    } catch (error) {
      if (error instanceof WherryError) return error.message;
      throw error;
    }
    return 'none';
  };
  for (let damage = 0; damage < 500; damage++) {
    const at = Math.floor(chance() * trace.length);
    const bytes = Buffer.from(trace);
    bytes[at]! ^= 1 << Math.floor(chance() * 7);
    expect(wrong(bytes.toString('latin1'))).toMatch(/^TRACE_(DAMAGED|VERSION|ENDS): /);
  }
  const lines = trace.split('\n');
  expect(wrong([...lines.slice(0, 4), ...lines.slice(5)].join('\n'))).toMatch(
    /TRACE_DAMAGED: line 5 .*\n {2}at {4}file:5\n/,
  );
  expect(wrong([...lines.slice(0, 5), ...lines.slice(4)].join('\n'))).toContain('TRACE_DAMAGED: line 6 ');
  expect(wrong(trace.replace('"wherryTrace":2', '"wherryTrace":3'))).toContain(
    'TRACE_VERSION: the trace is of version 3, this tool runs version 2\n  at    file\n  next  use the version of the tool that wrote it',
  );
  for (const text of ['', '\n', '{}\n', 'boot\r\n', '\0'.repeat(1000)])
    expect(wrong(text)).toContain('TRACE_VERSION: the file is no trace');
});

describe('the file of a trace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wherry-trace-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('cannot be made where there is no folder, nor written where there is no room', async () => {
    expect(await refusalOf(Promise.resolve().then(() => createTraceFile(join(folder, 'none', 'trace'))))).toMatch(
      /^TRACE_NOT_WRITTEN: .*ENOENT/,
    );
    const full = createTraceFile('/dev/full');
    full.write('line\n');
    full.write('line\n');
    expect(await refusalOf(Promise.resolve().then(() => full.close()))).toMatch(/^TRACE_NOT_WRITTEN: .*ENOSPC/);
  });

  it('takes the place of a trace, once there is a line, and of nothing else', async () => {
    const path = join(folder, 'taken');
    for (const others of ['TFL3 and a model', '{"wherry', '\n']) {
      writeFileSync(path, others);
      expect(await refusalOf(Promise.resolve().then(() => createTraceFile(path)))).toMatch(
        /^TRACE_NOT_WRITTEN: .*no trace is there already/,
      );
      expect(readFileSync(path, 'utf8')).toBe(others);
    }
    const older = '{"wherryTrace":1,"port":"a long one"}\n';
    writeFileSync(path, older);
    createTraceFile(path).close();
    expect(readFileSync(path, 'utf8')).toBe(older);
    const again = createTraceFile(path);
    again.write('{"wherryTrace":2}\n');
    again.write('{}\n');
    again.close();
    expect(readFileSync(path, 'utf8')).toBe('{"wherryTrace":2}\n{}\n');
    const unused = join(folder, 'unused');
    createTraceFile(unused).close();
    expect(existsSync(unused)).toBe(false);
  });

  describeOnTtys('over a tty', () => {
    it('holds a session in real time, which runs again', async () => {
      const pair = await openTtyPair();
      const [port, other] = await Promise.all(pair.paths.map((path) => openSerialPort(path, 115_200)));
      deviceBehind(other!);
      const path = join(folder, 'trace.jsonl');
      const file = createTraceFile(path);
      let numbers = 0;
      const line = tracedLine({ port: port!, time: systemTime, number: () => ++numbers }, (text) => file.write(text));
      const result = await work(line);
      line.flush();
      file.close();
      await pair.end();
      expect(JSON.stringify(result)).toContain('"layers"');
      expect(await play(readFileSync(path, 'utf8'))).toEqual(result);
    });
  });
});
