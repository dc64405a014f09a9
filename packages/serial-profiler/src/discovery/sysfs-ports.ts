// The ports that Linux knows, with the USB device behind each, as sysfs tells: it needs no udev, and nothing is opened.
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ListedPort } from './listed-port.js';

/** In the order of their names. `sys` is /sys, `dev` /dev. */
export function sysfsPorts(sys = '/sys', dev = '/dev'): readonly ListedPort[] {
  const ttys = join(sys, 'class', 'tty');
  return namesIn(ttys)
    .sort(byNumber)
    .flatMap((name) => {
      const device = usbDeviceOf(join(ttys, name, 'device'), sys);
      return device === null ? [] : [{ path: join(dev, name), ...device }];
    });
}

/** A port hangs on an interface of a device, directly or by a bus of its driver. */
function usbDeviceOf(link: string, sys: string): Omit<ListedPort, 'path'> | null {
  let folder: string;
  let top: string;
  try {
    folder = realpathSync(link);
    top = realpathSync(sys);
  } catch {
    return null;
  }
  for (; folder.startsWith(`${top}/`); folder = dirname(folder)) {
    const [vendorId, productId] = [idIn(folder, 'idVendor'), idIn(folder, 'idProduct')];
    if (vendorId !== null && productId !== null)
      return { vendorId, productId, product: textIn(folder, 'product') ?? '' };
  }
  return null;
}

function idIn(folder: string, name: string): string | null {
  const text = textIn(folder, name)?.toLowerCase() ?? '';
  return /^[0-9a-f]{4}$/.test(text) ? text : null;
}

function textIn(folder: string, name: string): string | null {
  try {
    return readFileSync(join(folder, name), 'utf8').trim();
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** ttyACM2 before ttyACM10. */
function byNumber(one: string, other: string): number {
  const [a, b] = [one, other].map((name) => /^(.*?)(\d*)$/.exec(name)!);
  if (a![1] !== b![1]) return a![1]! < b![1]! ? -1 : 1;
  return Number(a![2]) - Number(b![2]);
}
