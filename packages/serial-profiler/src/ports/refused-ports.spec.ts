// Why a port cannot be opened, where no tty is needed to see it.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refusalOf } from '../testing/refusal-of.js';
import { openPort } from './open-port.js';
import { holdersOf, modemManagerNear } from './port-holders.js';
import { parsePortSpec } from './port-spec.js';
import { openSerialPort } from './serial-port.js';

const folder = mkdtempSync(join(tmpdir(), 'wherry-ports-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['/dev/ttyACM0', { scheme: 'serial', path: '/dev/ttyACM0' }],
  ['C:\\x', { scheme: 'serial', path: 'C:\\x' }],
  ['tcp://localhost:4000', { scheme: 'tcp', host: 'localhost', port: 4000 }],
  ['tcp://[::1]:4000/', { scheme: 'tcp', host: '::1', port: 4000 }],
  ['rfc2217://10.0.0.7:2217', { scheme: 'rfc2217', host: '10.0.0.7', port: 2217 }],
])('%s is a port', (text, parsed) => {
  expect(parsePortSpec(text)).toEqual(parsed);
});

it.each<[string, NodeJS.Platform, NodeJS.Platform, string]>([
  ['COM3', 'win32', 'linux', 'Windows\n  next  give the path of a serial port (/dev/ttyACM0 or /dev/ttyUSB0)'],
  ['com12', 'win32', 'darwin', 'Windows\n  next  give the path of a serial port (/dev/cu.usbmodem1101 '],
  ['\\\\.\\COM10', 'win32', 'linux', 'Windows\n'],
  ['/dev/ttyUSB0', 'linux', 'win32', 'Linux and macOS\n  next  give the path of a serial port (COM3)'],
])('%s is a port on %s, and none on %s', (text, there, elsewhere, says) => {
  expect(parsePortSpec(text, there)).toEqual({ scheme: 'serial', path: text });
  expect(() => parsePortSpec(text, elsewhere)).toThrow(`"${text}" names no port: ports are called so on ${says}`);
});

it('leaves a file that is called like a port elsewhere', () => {
  expect(parsePortSpec('./COM3', 'linux')).toEqual({ scheme: 'serial', path: './COM3' });
});

it.each([
  '',
  ' ',
  'a\0b',
  'http://host:1',
  'tcp://',
  'tcp://host',
  'tcp://host:0',
  'tcp://host:65536',
  'tcp://host:1/x',
  'tcp://u@host:1',
])('"%s" is none', async (text) => {
  expect(await refusalOf(openPort(text, 115_200))).toMatch(
    /^PORT_SPEC: ".*" names no port: .*\n {2}next {2}give the path/,
  );
});

it.each([0, -1, 9600.5, NaN, 1e9])('%s bits a second are no speed', async (baud) => {
  for (const spec of ['/dev/null', 'rfc2217://127.0.0.1:9'])
    expect(await refusalOf(openPort(spec, baud))).toContain(
      `PORT_SPEED: ${baud} bits a second is no speed\n  at    ${spec}`,
    );
});

it('says that there is none, and that a file is none', async () => {
  expect(await refusalOf(openPort(join(folder, 'ttyUSB7'), 115_200))).toMatch(
    /^PORT_NOT_FOUND: there is no port .*ttyUSB7\n/,
  );
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(await refusalOf(openPort(file, 115_200))).toMatch(/^PORT_NOT_SERIAL: .*file is no serial port/);
  expect(await refusalOf(openPort('/dev/null', 115_200))).toMatch(/^PORT_NOT_SERIAL: \/dev\/null is no serial port/);
});

it('says how the package is installed where it is missing', async () => {
  const load = () => Promise.reject(new Error("Cannot find package 'serialport' imported from x\nRequire stack:"));
  expect(await refusalOf(openSerialPort('/dev/ttyACM0', 115_200, { load }))).toBe(
    "PORT_MODULE_MISSING: the package serialport cannot be loaded: Cannot find package 'serialport' imported from x\n" +
      '  at    /dev/ttyACM0\n' +
      '  next  run `npm install serialport@13.0.0` where wherry is installed (`npm install -g` for a global one), then run again',
  );
});

it('knows which programs have a file open, itself apart', async () => {
  const file = join(folder, 'held');
  const own = openSync(file, 'w');
  expect(holdersOf(file)).toEqual([]);
  const link = join(folder, 'link');
  symlinkSync(file, link);
  const sleeper = spawn('sleep', ['60'], { stdio: [own, 'ignore', 'ignore'] });
  const gone = new Promise((resolve) => sleeper.once('exit', resolve));
  for (const path of [file, link]) expect(holdersOf(path)).toEqual([{ pid: sleeper.pid, name: 'sleep' }]);
  sleeper.kill();
  await gone;
  expect(holdersOf(file)).toEqual([]);
  closeSync(own);
});

describe('ModemManager', () => {
  const system = { proc: join(folder, 'proc'), udev: join(folder, 'udev') };
  const processNamed = (pid: number, name: string): void => {
    mkdirSync(join(system.proc, String(pid)), { recursive: true });
    writeFileSync(join(system.proc, String(pid), 'comm'), `${name}\n`);
  };
  beforeAll(() => mkdirSync(system.udev));
  /** /dev/null is 1:3 on every Linux. */
  const rule = (text: string): void => writeFileSync(join(system.udev, 'c1:3'), text);

  it('takes USB ports that no rule excepts, while it runs', () => {
    processNamed(17, 'bash');
    rule('E:ID_BUS=usb\n');
    expect(modemManagerNear('/dev/null', system)).toBeNull();
    processNamed(812, 'ModemManager');
    expect(modemManagerNear('/dev/null', system)).toEqual({ pid: 812, name: 'ModemManager' });
    rule('E:ID_BUS=usb\nE:ID_MM_DEVICE_IGNORE=1\n');
    expect(modemManagerNear('/dev/null', system)).toBeNull();
    rule('E:ID_MODEL=x\n');
    expect(modemManagerNear('/dev/null', system)).toBeNull();
    expect(modemManagerNear('/dev/zero', system)).toBeNull();
  });
});

describe('a pty', () => {
  const system = { proc: join(folder, 'ends'), udev: '' };
  const pty = '/dev/pts/4711';
  /** A program with files open: each a path, and what the kernel says of its descriptor. */
  const program = (pid: number, name: string, files: readonly (readonly [path: string, told: string])[]): void => {
    for (const part of ['fd', 'fdinfo']) mkdirSync(join(system.proc, String(pid), part), { recursive: true });
    writeFileSync(join(system.proc, String(pid), 'comm'), `${name}\n`);
    files.forEach(([path, told], at) => {
      symlinkSync(path, join(system.proc, String(pid), 'fd', String(at)));
      writeFileSync(join(system.proc, String(pid), 'fdinfo', String(at)), told);
    });
  };

  it('is read by those who have it and not its other end', () => {
    program(21, 'screen', [[pty, 'flags:\t02']]);
    program(22, 'qemu', [
      [pty, 'flags:\t02'],
      ['/dev/ptmx', 'pos:\t0\ntty-index:\t4711\n'],
    ]);
    program(23, 'tmux', [
      [pty, 'flags:\t02'],
      ['/dev/pts/ptmx', 'pos:\t0\ntty-index:\t3\n'],
    ]);
    // A kernel that does not say which end it is.
    program(24, 'renode', [
      [pty, 'flags:\t02'],
      ['/dev/ptmx', 'pos:\t0\n'],
    ]);
    expect(holdersOf(pty, system)).toEqual([
      { pid: 21, name: 'screen' },
      { pid: 23, name: 'tmux' },
    ]);
    // What the other end has started, and what that has.
    program(31, 'sh (a)', []);
    program(32, 'simulator', [[pty, 'flags:\t02']]);
    writeFileSync(join(system.proc, '31', 'stat'), '31 (sh (a)) S 22 22 22 0');
    writeFileSync(join(system.proc, '32', 'stat'), '32 (simulator) S 31 22 22 0');
    expect(holdersOf(pty, system).map(({ pid }) => pid)).toEqual([21, 23]);
    writeFileSync(join(system.proc, '31', 'stat'), '31 (sh (a)) S 1 22 22 0');
    expect(holdersOf(pty, system).map(({ pid }) => pid)).toEqual([21, 23, 32]);
  });
});
