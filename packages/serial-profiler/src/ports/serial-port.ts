// A serial port of this machine, or a pty, by the npm package serialport.
import { existsSync, statSync } from 'node:fs';
import type { SerialPort } from 'serialport';
import type { Port, PortEvents, PortSignals } from '../port.js';
import { busy, failed, noPermission, noSuchPort, noSuchSpeed, notSerial, suspectOf } from './port-errors.js';
import { holdersOf, modemManagerNear, subsystemOf, type Holder } from './port-holders.js';
import { checkBaud } from './port-spec.js';
import { loadSerialport, type SerialportModule } from './serialport-module.js';

/** What is asked of the machine around the port. */
export interface PortSurroundings {
  readonly load?: () => Promise<SerialportModule>;
  readonly holders?: (path: string) => readonly Holder[];
  readonly modemManager?: (path: string) => Holder | null;
}

/** More than this is not kept for a device that does not read: it is lost, as on a line. */
const mostWaiting = 65_536;
/** A port that is unplugged between two reads may never say so: its path tells. */
const lookEveryMs = 500;

/** Throws WherryError of `portDiagnostics`. Nothing but the open port keeps the process running. */
export async function openSerialPort(
  path: string,
  baud: number,
  { load, holders = holdersOf, modemManager = modemManagerNear }: PortSurroundings = {},
): Promise<Port> {
  checkBaud(baud, path);
  const module = await loadSerialport(path, load);
  if (process.platform !== 'win32') checkPath(path);
  // Before it is opened: that alone starts some boards anew, in the middle of what another program does with them.
  const others = holders(path);
  if (others.length > 0) throw busy(path, others);
  const serial = new module.SerialPort({ path, baudRate: baud, autoOpen: false });
  await new Promise<void>((resolve, reject) =>
    serial.open((error) =>
      error === null ? resolve() : reject(reasonOf(error, { path, baud, holders, modemManager })),
    ),
  );
  return portOf(serial, () => suspectOf(holders(path), modemManager(path)));
}

function checkPath(path: string): void {
  if (!existsSync(path)) throw noSuchPort(path);
  if (!isTty(path)) throw notSerial(path);
}

/** As far as can be told without opening it. */
function isTty(path: string): boolean {
  const device = statSync(path);
  if (!device.isCharacterDevice()) return false;
  const kind = subsystemOf(device.rdev);
  return kind === null || kind === 'tty';
}

/** The package gives the words of the system alone. */
function reasonOf(
  { message }: Error,
  { path, baud, holders, modemManager }: Required<Omit<PortSurroundings, 'load'>> & { path: string; baud: number },
): Error {
  if (/no such|not found|ENOENT/i.test(message)) return noSuchPort(path);
  if (/inappropriate ioctl/i.test(message)) return notSerial(path);
  if (/baud rate/i.test(message)) return noSuchSpeed(path, baud, message);
  // Windows denies access to a port that another program has.
  const isTaken = /lock port|busy|EBUSY|temporarily unavailable|access denied/i.test(message);
  const manager = isTaken ? modemManager(path) : null;
  if (isTaken) return busy(path, manager === null ? holders(path) : [manager]);
  if (/permission|EACCES|not permitted/i.test(message)) return noPermission(path);
  return failed(path, message.replace(/^Error:? /, ''), 'plug the device in again, then run again');
}

function portOf(serial: SerialPort, suspect: () => string | null): Port {
  const { path } = serial;
  let events: PortEvents | null = null;
  let open = true;
  const end = (reason: string): void => {
    if (!open) return;
    open = false;
    clearInterval(looking);
    shut(serial);
    const listener = events;
    events = null;
    listener?.closed(reason);
  };
  const looking = setInterval(() => {
    if (process.platform !== 'win32' && !existsSync(path)) end('the device was unplugged');
  }, lookEveryMs).unref();
  serial.on('data', (bytes: Buffer) => events?.data(bytes));
  // It tells nothing of a close that was asked for.
  serial.on('close', (error?: Error | null) => end(`the device was unplugged (${error?.message ?? 'it was closed'})`));
  // What is written to a port that has just gone fails before its end is told.
  serial.on('error', ({ message }: Error) =>
    end(/EIO|ENXIO|ENODEV/.test(message) ? `the device was unplugged (${message})` : message),
  );
  return {
    name: path,
    signals: signalsOf(serial),
    suspect,
    listen: (listener) => (events = listener),
    write: (bytes) => {
      if (open && serial.writableLength + bytes.length <= mostWaiting) serial.write(Buffer.from(bytes));
    },
    waiting: () => (open ? serial.writableLength : 0),
    close: () => {
      events = null;
      end('it was closed');
    },
  };
}

/** What has not gone out is thrown away: waiting for a device that does not read would keep the process. */
function shut(serial: SerialPort): void {
  if (!serial.isOpen) return;
  serial.flush(() => {
    if (serial.isOpen) serial.close(() => undefined);
  });
}

function signalsOf(serial: SerialPort): PortSignals {
  return {
    set: (levels) => new Promise((resolve) => serial.set(levels, (error) => resolve(error === null))),
    setBaud: (baudRate) =>
      new Promise((resolve, reject) =>
        serial.update({ baudRate }, (error) =>
          error === null ? resolve() : reject(noSuchSpeed(serial.path, baudRate, error.message)),
        ),
      ),
  };
}
