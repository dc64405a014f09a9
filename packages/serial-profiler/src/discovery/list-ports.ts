// The USB ports of this machine, by whatever its system tells them.
import { loadSerialport } from '../ports/serialport-module.js';
import type { ListedPort } from './listed-port.js';
import { sysfsPorts } from './sysfs-ports.js';

/** Throws PORT_MODULE_MISSING where only the package knows. On Linux its list starts udevadm, and fails without. */
export async function listPorts(): Promise<readonly ListedPort[]> {
  if (process.platform === 'linux') return sysfsPorts();
  const { SerialPort } = await loadSerialport('--port auto');
  const ports = await SerialPort.list();
  return ports.flatMap(({ path, vendorId, productId, manufacturer = '' }) =>
    vendorId === undefined || productId === undefined
      ? []
      : [{ path, vendorId: digits(vendorId), productId: digits(productId), product: manufacturer }],
  );
}

function digits(id: string): string {
  return id.toLowerCase().padStart(4, '0');
}
