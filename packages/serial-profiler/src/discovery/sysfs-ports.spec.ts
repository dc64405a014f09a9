// The ports of a tree of files as sysfs has it: the links that the kernel makes for boards of each kind.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sysfsPorts } from './sysfs-ports.js';

const sys = mkdtempSync(join(tmpdir(), 'wherry-sys-'));
const ttys = join(sys, 'class', 'tty');
afterAll(() => rmSync(sys, { recursive: true }));

/** A tty whose device lies in the folder below /sys/devices. */
function tty(name: string, folder: string): void {
  const device = join(sys, 'devices', folder);
  mkdirSync(device, { recursive: true });
  mkdirSync(join(ttys, name), { recursive: true });
  symlinkSync(device, join(ttys, name, 'device'));
}

function usb(folder: string, files: Readonly<Record<string, string>>): void {
  const device = join(sys, 'devices', folder);
  mkdirSync(device, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(device, name), `${text}\n`);
}

it('lists the ports that hang on USB, in the order of their names', () => {
  expect(sysfsPorts(sys, '/dev')).toEqual([]);
  // CDC-ACM: the tty hangs on an interface of the device.
  usb('pci/usb1/1-2', { idVendor: '303a', idProduct: '1001', product: 'USB JTAG/serial debug unit' });
  tty('ttyACM10', 'pci/usb1/1-2/1-2:1.0');
  usb('pci/usb1/1-4', { idVendor: '2E8A', idProduct: '000A' });
  tty('ttyACM2', 'pci/usb1/1-4/1-4:1.0');
  // A bridge: one folder of its driver more. Behind it a hub, which has ids too.
  usb('pci/usb1', { idVendor: '1d6b', idProduct: '0002' });
  usb('pci/usb1/1-3', { idVendor: '10c4', idProduct: 'ea60', product: 'CP2102N' });
  tty('ttyUSB0', 'pci/usb1/1-3/1-3:1.0/ttyUSB0');
  // None of these is on USB, or none at all.
  tty('ttyS0', 'platform/serial8250');
  mkdirSync(join(ttys, 'console'));
  usb('pci/usb1/1-5', { idVendor: 'xyzw', idProduct: '0001' });
  mkdirSync(join(ttys, 'ttyACM3'));
  symlinkSync(join(sys, 'devices', 'gone'), join(ttys, 'ttyACM3', 'device'));
  expect(sysfsPorts(sys, '/dev')).toEqual([
    { path: '/dev/ttyACM2', vendorId: '2e8a', productId: '000a', product: '' },
    { path: '/dev/ttyACM10', vendorId: '303a', productId: '1001', product: 'USB JTAG/serial debug unit' },
    { path: '/dev/ttyUSB0', vendorId: '10c4', productId: 'ea60', product: 'CP2102N' },
  ]);
});
