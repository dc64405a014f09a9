// Which programs of this machine have a port open, whether ModemManager may take it, what kind of device it is: as Linux tells in files.
import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Holder {
  readonly pid: number;
  readonly name: string;
}

/** Where Linux tells it; a folder of a test otherwise. */
export interface SystemFolders {
  readonly proc: string;
  readonly udev: string;
}

export const linuxFolders: SystemFolders = { proc: '/proc', udev: '/run/udev/data' };

const modemManager = 'ModemManager';

/**
 * Other programs that have the port open, as far as this user may see. Empty on other systems. An emulator that is at the other end of a
 * pty may hold both ends, as may what it has started, and neither reads what comes out at this one.
 */
export function holdersOf(path: string, { proc } = linuxFolders): readonly Holder[] {
  const real = orElse(() => realpathSync(path), path);
  const pty = /^\/dev\/pts\/(\d+)$/.exec(real)?.[1];
  return processes(proc)
    .filter((pid) => pid !== process.pid && openFiles(proc, pid).some(({ path }) => path === real))
    .filter((pid) => pty === undefined || !lineage(proc, pid).some((one) => isBehind(proc, one, pty)))
    .map((pid) => ({ pid, name: nameOf(proc, pid) }));
}

export function isModemManager({ name }: Holder): boolean {
  return name === modemManager;
}

/** ModemManager, where it runs and no rule tells it to leave this port alone. Whose files it has open only root may see. */
export function modemManagerNear(path: string, { proc, udev } = linuxFolders): Holder | null {
  const pid = processes(proc).find((one) => nameOf(proc, one) === modemManager);
  if (pid === undefined) return null;
  // It looks at devices of a bus: not at a pty.
  const known = orElse(() => {
    return readFileSync(join(udev, `c${numberOf(statSync(path).rdev)}`), 'utf8');
  }, '');
  const isLooked = /^E:ID_BUS=usb$/m.test(known) && !/^E:ID_MM_(DEVICE|PORT)_IGNORE=1$/m.test(known);
  return isLooked ? { pid, name: modemManager } : null;
}

/** `tty` of serial ports; null where it is not told, as for ptys and on other systems. */
export function subsystemOf(rdev: number): string | null {
  return orElse(() => basename(readlinkSync(`/sys/dev/char/${numberOf(rdev)}/subsystem`)), null);
}

function processes(proc: string): readonly number[] {
  const names = orElse(() => readdirSync(proc), []);
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

interface OpenFile {
  readonly descriptor: string;
  readonly path: string;
}

/** Whether a program has the other end of the pty. Where the kernel does not say whose end it has, it may be this one's. */
function isBehind(proc: string, pid: number, pty: string): boolean {
  return openFiles(proc, pid)
    .filter(({ path }) => /^\/dev\/(pts\/)?ptmx$/.test(path))
    .some(({ descriptor }) => {
      const told = orElse(() => readFileSync(join(proc, String(pid), 'fdinfo', descriptor), 'utf8'), '');
      return (/^tty-index:\s*(\d+)$/m.exec(told)?.[1] ?? pty) === pty;
    });
}

/** A program, what started it, and so on; this process and what started it are never at the other end. */
function lineage(proc: string, pid: number): readonly number[] {
  const line: number[] = [];
  for (let one = pid; one > 1 && one !== process.pid && !line.includes(one); one = parentOf(proc, one)) line.push(one);
  return line;
}

/** 0 where it is not told. A name may hold spaces and brackets. */
function parentOf(proc: string, pid: number): number {
  const told = orElse(() => readFileSync(join(proc, String(pid), 'stat'), 'utf8'), '');
  return Number(/\) \S (\d+) [^)]*$/.exec(told)?.[1] ?? 0);
}

function openFiles(proc: string, pid: number): readonly OpenFile[] {
  const folder = join(proc, String(pid), 'fd');
  // Those of other users are not to be seen, and any may have ended meanwhile.
  const names = orElse(() => readdirSync(folder), []);
  return names.map((descriptor) => ({ descriptor, path: orElse(() => readlinkSync(join(folder, descriptor)), '') }));
}

function nameOf(proc: string, pid: number): string {
  return orElse(() => readFileSync(join(proc, String(pid), 'comm'), 'utf8').trim(), 'a program');
}

/** As glibc splits a device number: `4:64`. */
function numberOf(rdev: number): string {
  const major = (rdev >>> 8) & 0xfff;
  const minor = (rdev & 0xff) | ((rdev >>> 12) & 0xfff00);
  return `${major}:${minor}`;
}

function orElse<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
