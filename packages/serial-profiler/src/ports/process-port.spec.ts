// Programs as ports: what is told of one that ends, hangs, or cannot be started.
import { Session } from '../session/session.js';
import { refusalOf } from '../testing/refusal-of.js';
import { systemTime } from '../time.js';
import { emulatedPort } from './emulated-port.js';
import { processPort } from './process-port.js';

const expected = { model: '', layout: [], arenaBytes: 0 } as never;

/** What a session with an emulator is refused with that is a script. */
function refusalBy(script: string, silentMs = 20_000): Promise<string> {
  const port = emulatedPort('emulator', process.execPath, ['-e', script]);
  return refusalOf(Session.open({ port, time: systemTime, number: () => 1, expected, policy: { silentMs } }));
}

/** As QEMU says it: the sentence, and more registers than are shown. */
const lockup = `console.error('qemu: fatal: Lockup\\u001b[31m: no handler\\n' + Array.from({ length: 30 }, (_, i) => '\\nR' + i + '=0').join(''));`;

it('says that an emulated board crashed, in the words of the emulator', async () => {
  const refusal = await refusalBy(`${lockup} process.kill(process.pid, 'SIGABRT'); setInterval(() => 0, 1000);`);
  expect(refusal).toMatch(
    /^EMULATOR_ENDED: .*: the program ended with SIGABRT, and said: "qemu: fatal: Lockup: no handler" "R0=0" "R1=0" "R2=0" "R3=0" "R4=0"\n/,
  );
  expect(refusal).toMatch(/next {2}run again; where it ends again, .* report it with the model/);
});

it('knows a signal that was passed on as a number', async () => {
  expect(await refusalBy('process.exit(134)')).toContain('the program ended with SIGABRT\n');
  expect(await refusalBy('process.exit(3)')).toContain('the program ended with 3\n');
});

it('says that one hangs, and presses no button', async () => {
  const refusal = await refusalBy(`console.error('Opcode: 0xffff'); setInterval(() => 0, 1000);`, 1500);
  expect(refusal).toMatch(
    /^DEVICE_SILENT: .*\n.*\n {2}next {2}run again; where it is silent again, .*; the emulator said last: "Opcode: 0xffff"$/,
  );
});

it('says that a program cannot be started', async () => {
  const port = emulatedPort('emulator', '/no/such/emulator', []);
  const refusal = await refusalOf(Session.open({ port, time: systemTime, number: () => 1, expected }));
  expect(refusal).toMatch(/^EMULATOR_ENDED: .*cannot be started \(spawn \/no\/such\/emulator ENOENT\)/);
});

it('tells the end of a program to who listens later, and keeps the last of its errors alone', async () => {
  const port = processPort(process.execPath, [
    '-e',
    "console.error('line of an error\\n'.repeat(100000) + 'the last')",
  ]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const reason = await new Promise<string>((closed) => port.listen({ data: () => undefined, closed }));
  expect(reason).toMatch(/^the program ended with 0, and said: "line of an error" "the last"$/);
  expect(port.errors().join('\n').length).toBeLessThan(20_000);
});
