// Opens what a user names as a port.
import type { Port } from '../port.js';
import { parsePortSpec } from './port-spec.js';
import { openRfc2217Port } from './rfc2217-port.js';
import { openSerialPort } from './serial-port.js';
import { openTcpPort } from './tcp-port.js';

/** Throws WherryError of `portDiagnostics`. The speed is of no meaning to `tcp://`. A connection ends where `signal` is aborted. */
export async function openPort(spec: string, baud: number, signal?: AbortSignal): Promise<Port> {
  const parsed = parsePortSpec(spec);
  if (parsed.scheme === 'serial') return openSerialPort(parsed.path, baud);
  return parsed.scheme === 'tcp' ? openTcpPort(parsed, { signal }) : openRfc2217Port(parsed, baud, { signal });
}
