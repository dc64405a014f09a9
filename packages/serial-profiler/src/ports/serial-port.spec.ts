// Serial ports on ttys of the kernel, and every reason why one cannot be opened.
import { spawn } from 'node:child_process';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deviceBehind, openSession, type Line } from '../testing/device-behind.js';
import { lineSuite } from '../testing/line-suite.js';
import { refusalOf } from '../testing/refusal-of.js';
import { smallInput } from '../testing/small-network.js';
import { describeOnTtys, openTtyPair, type TtyPair } from '../testing/tty-pair.js';
import { openSerialPort } from './serial-port.js';

async function ttyLine(): Promise<Line> {
  const pair = await openTtyPair();
  const [host, device] = await Promise.all(pair.paths.map((path) => openSerialPort(path, 115_200)));
  return { host: host!, device: device!, cut: () => pair.end() };
}

describeOnTtys('ttys', () => lineSuite('a pair of them', ttyLine));

describeOnTtys('a pair of ttys', () => {
  let pair: TtyPair;
  beforeEach(async () => {
    pair = await openTtyPair();
  });
  afterEach(() => pair.end());

  it('has no control lines, which is no error, and takes another speed', async () => {
    const port = await openSerialPort(pair.paths[0], 115_200);
    expect(await port.signals!.set({ dtr: true, rts: false })).toBe(false);
    await port.signals!.setBaud(1200);
    port.close();
  });

  it('is open once', async () => {
    const port = await openSerialPort(pair.paths[0], 115_200);
    expect(await refusalOf(openSerialPort(pair.paths[0], 115_200))).toBe(
      `PORT_BUSY: the port is open in another program\n  at    ${pair.paths[0]}\n  next  close that program, or the serial monitor in it, then run again`,
    );
    port.close();
  });

  it('keeps no more than it may for an end that does not read', async () => {
    const port = await openSerialPort(pair.paths[0], 115_200);
    const part = new Uint8Array(4096);
    for (let written = 0; written < 1000; written++) port.write(part);
    expect(port.waiting()).toBeLessThanOrEqual(65_536);
    expect(port.waiting()).toBeGreaterThan(0);
    port.close();
    expect(port.waiting()).toBe(0);
  });

  it('ends when the device is unplugged while nothing is read', async () => {
    const link = join(mkdtempSync(join(tmpdir(), 'wherry-port-')), 'ttyACM0');
    symlinkSync(pair.paths[0], link);
    const port = await openSerialPort(link, 115_200);
    const reason = new Promise((resolve) => port.listen({ data: () => undefined, closed: resolve }));
    unlinkSync(link);
    expect(await reason).toBe('the device was unplugged');
    port.write(Uint8Array.of(1));
    expect(port.waiting()).toBe(0);
  });

  // Only root can play another user.
  (process.getuid!() === 0 ? it : it.failing)('is not opened by a user who may not', async () => {
    const [path] = pair.paths;
    const asNobody = async (): Promise<string> => {
      process.seteuid!(65_534);
      return refusalOf(openSerialPort(path, 115_200)).finally(() => process.seteuid!(0));
    };
    expect(await asNobody()).toContain(
      `belongs to the group root\n  at    ${path}\n  next  let the user open it (\`sudo chmod`,
    );
    chownSync(path, 0, Number(/^dialout:[^:]*:(\d+):/m.exec(readFileSync('/etc/group', 'utf8'))![1]));
    expect(await asNobody()).toContain(
      `PORT_NO_PERMISSION: this user may not open the port: it belongs to the group dialout\n  at    ${path}\n  next  run \`sudo usermod -aG dialout $USER\``,
    );
  });

  it('is refused while another program has it, by name', async () => {
    const [path] = pair.paths;
    const other = (name: string) => ({ holders: () => [{ pid: 4711, name }] });
    expect(await refusalOf(openSerialPort(path, 115_200, other('screen')))).toContain(
      'PORT_BUSY: the port is open in screen (process 4711)',
    );
    expect(await refusalOf(openSerialPort(path, 115_200, other('ModemManager')))).toMatch(
      /^PORT_MODEM_MANAGER: ModemManager \(process 4711\) has the port .*\n.*\n {2}next {2}wait half a minute .*systemctl stop ModemManager.*ID_MM_DEVICE_IGNORE/,
    );
  });

  it('is told to be of ModemManager, where that is near and the device is silent, or the port is taken', async () => {
    const [path] = pair.paths;
    const near = { modemManager: () => ({ pid: 812, name: 'ModemManager' }) };
    const port = await openSerialPort(path, 115_200, near);
    expect(await refusalOf(openSerialPort(path, 115_200, near))).toContain(
      'PORT_MODEM_MANAGER: ModemManager (process 812)',
    );
    expect(await refusalOf(openSession(port))).toMatch(
      /^DEVICE_SILENT: .*\n.*\n {2}next {2}ModemManager may be talking to the device: stop/,
    );
    port.close();
  });

  it('names who reads the port as well, where the device seems to be silent', async () => {
    const [path] = pair.paths;
    const port = await openSerialPort(path, 115_200);
    // Root opens what another program has locked; so does who was there before and may not be seen.
    const descriptor = openSync(path, 'r');
    const thief = spawn('cat', { stdio: [descriptor, 'ignore', 'ignore'] });
    const gone = new Promise((resolve) => thief.once('exit', resolve));
    closeSync(descriptor);
    const silent = await refusalOf(openSession(port));
    port.close();
    const busy = await refusalOf(openSerialPort(path, 115_200));
    thief.kill('SIGKILL');
    await gone;
    expect(silent).toMatch(
      new RegExp(`^DEVICE_SILENT: .*\\n.*\\n {2}next {2}the port is open in cat \\(process ${thief.pid}\\) as well`),
    );
    expect(busy).toContain(`PORT_BUSY: the port is open in cat (process ${thief.pid})`);
  });
});

describeOnTtys('a tty that shows what it is given', () => {
  it('is told as an echo, and not as other firmware', async () => {
    const pair = await openTtyPair('pty');
    const port = await openSerialPort(pair.paths[0], 115_200);
    const refusal = await refusalOf(openSession(port));
    port.close();
    await pair.end();
    expect(refusal).toMatch(
      /^LINK_ECHO: in [\d.]+ s nothing but what was sent came back, \d+ frames?\n.*\n {2}next {2}.*raw -echo/,
    );
  });
});

describeOnTtys('a tty that takes what goes through for text', () => {
  it('is told by what it does to bytes', async () => {
    const pair = await openTtyPair('pty,raw,echo=0,crnl');
    const [port, other] = await Promise.all(pair.paths.map((path) => openSerialPort(path, 115_200)));
    const device = deviceBehind(other!);
    const work = async (): Promise<void> => {
      // Frames get short as they are lost: what they lack is searched for then.
      const session = await openSession(port!, {}, { silentMs: 3000, noisyMs: 3000 });
      for (let seed = 1; seed < 200; seed++) await session.layers([smallInput(seed)], () => undefined);
    };
    const refusal = await refusalOf(work());
    device.stop();
    port!.close();
    other!.close();
    await pair.end();
    expect(refusal).toMatch(
      /^LINK_CONVERTS: .*carriage returns \(0x0d\) do not arrive; .*\n.*\n {2}next {2}.*newlines off/,
    );
  });
});
