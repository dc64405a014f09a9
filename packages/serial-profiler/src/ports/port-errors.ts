// Why a port cannot be opened, as sentences with a next act.
import { readFileSync, statSync } from 'node:fs';
import { WherryError } from '@wherry/graph';
import { portDiagnostics } from './diagnostics.js';
import { isModemManager, type Holder } from './port-holders.js';
import { pathsOf } from './port-spec.js';

const leaveAlone =
  'stop ModemManager (`sudo systemctl stop ModemManager`), or write a udev rule with ENV{ID_MM_DEVICE_IGNORE}="1" for the device';

export function noSuchPort(path: string): WherryError {
  return new WherryError(portDiagnostics.PORT_NOT_FOUND, {
    what: `there is no port ${path}`,
    where: path,
    next: 'plug the device in with a cable that carries data; `--port auto` looks for the port of the profile',
  });
}

export function notSerial(path: string): WherryError {
  return new WherryError(portDiagnostics.PORT_NOT_SERIAL, {
    what: `${path} is no serial port, but a file or a device of another kind`,
    where: path,
    next: `give the path of a serial port, e.g. ${pathsOf(process.platform)}`,
  });
}

export function busy(path: string, holders: readonly Holder[]): WherryError {
  const modemManager = holders.find(isModemManager);
  if (modemManager !== undefined)
    return new WherryError(portDiagnostics.PORT_MODEM_MANAGER, {
      what: `ModemManager (process ${modemManager.pid}) has the port open to see whether a modem answers`,
      where: path,
      next: `wait half a minute and run again; for good, ${leaveAlone}`,
    });
  const names = called(holders);
  return new WherryError(portDiagnostics.PORT_BUSY, {
    what: `the port is open in ${names === '' ? 'another program' : names}`,
    where: path,
    next: 'close that program, or the serial monitor in it, then run again',
  });
}

/** Who may have taken what the device says: some programs open a port that another one has locked. */
export function suspectOf(holders: readonly Holder[], modemManager: Holder | null): string | null {
  if (holders.length > 0 && !holders.every(isModemManager))
    return `the port is open in ${called(holders)} as well, which may take what the device says: close it there, then run again`;
  if (holders.length === 0 && modemManager === null) return null;
  return `ModemManager may be talking to the device: ${leaveAlone}`;
}

function called(holders: readonly Holder[]): string {
  return holders.map(({ name, pid }) => `${name} (process ${pid})`).join(', ');
}

export function noPermission(path: string): WherryError {
  const group = groupOf(path);
  return new WherryError(portDiagnostics.PORT_NO_PERMISSION, {
    what:
      group === null
        ? 'this user may not open the port'
        : `this user may not open the port: it belongs to the group ${group}`,
    where: path,
    next: nextOf(group, path),
  });
}

function nextOf(group: string | null, path: string): string {
  // A port that a container was handed has no group of its own.
  if (group === null || group === 'root') return `let the user open it (\`sudo chmod a+rw ${path}\`), then run again`;
  return `run \`sudo usermod -aG ${group} $USER\`, log out and in again (or \`newgrp ${group}\`), then run again`;
}

export function failed(where: string, reason: string, next: string): WherryError {
  return new WherryError(portDiagnostics.PORT_FAILED, { what: `the port cannot be opened: ${reason}`, where, next });
}

export function noSuchSpeed(where: string, baud: number, reason: string): WherryError {
  return new WherryError(portDiagnostics.PORT_SPEED, {
    what: `the port does not run at ${baud} bits a second: ${reason}`,
    where,
    next: 'give a speed that port and firmware both have, e.g. 115200',
  });
}

export function moduleMissing(path: string, reason: string): WherryError {
  return new WherryError(portDiagnostics.PORT_MODULE_MISSING, {
    what: `the package serialport cannot be loaded: ${reason}`,
    where: path,
    next: `run \`npm install ${serialportRelease}\` where wherry is installed (\`npm install -g\` for a global one), then run again`,
  });
}

/** The release that this version was tried with. */
export const serialportRelease = 'serialport@13.0.0';

/** The name of the group that has the port; null where the system has none. */
function groupOf(path: string): string | null {
  try {
    const { gid } = statSync(path);
    const line = readFileSync('/etc/group', 'utf8')
      .split('\n')
      .map((one) => one.split(':'))
      .find((fields) => fields[2] === String(gid));
    return line?.[0] ?? String(gid);
  } catch {
    return null;
  }
}
