// How users name a port: a path, or an address with a scheme.
import { WherryError } from '@wherry/graph';
import { portDiagnostics } from './diagnostics.js';

export type PortSpec =
  | { readonly scheme: 'serial'; readonly path: string }
  | { readonly scheme: 'tcp' | 'rfc2217'; readonly host: string; readonly port: number };

const slowest = 50;
const fastest = 12_000_000;

/** Throws PORT_SPEC, also for what names a port on another system. */
export function parsePortSpec(text: string, platform: NodeJS.Platform = process.platform): PortSpec {
  const wrong = (why: string): WherryError => noPort(text, why, platform);
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(text);
  if (scheme === null) {
    if (text.trim() === '' || text.includes('\0')) throw wrong('it is empty, or has a zero in it');
    if (isForeign(text, platform))
      throw wrong(`ports are called so on ${platform === 'win32' ? 'Linux and macOS' : 'Windows'}`);
    return { scheme: 'serial', path: text };
  }
  const [, name, rest] = scheme;
  if (name !== 'tcp' && name !== 'rfc2217') throw wrong(`there are no ports of the kind ${name}://`);
  // IPv6 addresses stand in brackets.
  const address = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/@?#[\]]+)):(\d{1,5})\/?$/.exec(rest!);
  const port = Number(address?.[3] ?? 0);
  if (address === null || port < 1 || port > 65_535) throw wrong(`behind ${name}:// HOST:PORT has to stand`);
  return { scheme: name, host: address[1] ?? address[2]!, port };
}

/** Throws PORT_SPEED. */
export function checkBaud(baud: number, where: string): void {
  if (Number.isInteger(baud) && baud >= slowest && baud <= fastest) return;
  throw new WherryError(portDiagnostics.PORT_SPEED, {
    what: `${baud} bits a second is no speed`,
    where,
    next: `give a whole number from ${slowest} to ${fastest}; 115200 is usual`,
  });
}

/** A file of that name is still to be had as `./COM3`. */
function isForeign(path: string, platform: NodeJS.Platform): boolean {
  return (platform === 'win32' ? /^\/dev\// : /^(?:\\\\\.\\)?COM\d+:?$/i).test(path);
}

/** What a serial port is called there. */
export function pathsOf(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'COM3';
  return platform === 'darwin' ? '/dev/cu.usbmodem1101 or /dev/cu.usbserial-10' : '/dev/ttyACM0 or /dev/ttyUSB0';
}

function noPort(text: string, why: string, platform: NodeJS.Platform): WherryError {
  return new WherryError(portDiagnostics.PORT_SPEC, {
    what: `"${text}" names no port: ${why}`,
    next: `give the path of a serial port (${pathsOf(platform)}), tcp://HOST:PORT or rfc2217://HOST:PORT`,
  });
}
