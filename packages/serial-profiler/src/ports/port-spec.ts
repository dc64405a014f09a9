// How users name a port: a path, or an address with a scheme.
import { WherryError } from '@wherry/graph';
import { portDiagnostics } from './diagnostics.js';

export type PortSpec =
  | { readonly scheme: 'serial'; readonly path: string }
  | { readonly scheme: 'tcp' | 'rfc2217'; readonly host: string; readonly port: number };

const slowest = 50;
const fastest = 12_000_000;

/** Throws PORT_SPEC. */
export function parsePortSpec(text: string): PortSpec {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(text);
  if (scheme === null) {
    if (text.trim() === '' || text.includes('\0')) throw wrong(text, 'it is empty, or has a zero in it');
    return { scheme: 'serial', path: text };
  }
  const [, name, rest] = scheme;
  if (name !== 'tcp' && name !== 'rfc2217') throw wrong(text, `there are no ports of the kind ${name}://`);
  // IPv6 addresses stand in brackets.
  const address = /^(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/@?#[\]]+)):(\d{1,5})\/?$/.exec(rest!);
  const port = Number(address?.[3] ?? 0);
  if (address === null || port < 1 || port > 65_535) throw wrong(text, `behind ${name}:// HOST:PORT has to stand`);
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

function wrong(text: string, why: string): WherryError {
  return new WherryError(portDiagnostics.PORT_SPEC, {
    what: `"${text}" names no port: ${why}`,
    next: 'give the path of a serial port (/dev/ttyACM0, COM3), tcp://HOST:PORT or rfc2217://HOST:PORT',
  });
}
