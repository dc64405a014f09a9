// The order on the profiles that come with the tool.
import { findProfile } from '@wherry/profiles';
import { readProfileFolder } from '../inputs/profile-folder.js';
import { nearestDevices } from './nearest-devices.js';

const library = await readProfileFolder();
const nearest = (id: string): readonly string[] =>
  nearestDevices(library, findProfile(library, id)).map(({ profile }) => profile.id);

it('begins with the same runtime, smallest first', () => {
  expect(nearest('esp32').slice(0, 2)).toEqual(['esp32-c3', 'esp32-s3']);
  expect(nearest('rp2040').slice(0, 3)).toEqual(['stm32f4', 'arduino-nano-33-ble', 'nrf5340']);
});

it('names nothing that no model can be made for, no host and no phone', () => {
  const others = ['arduino-uno', 'esp8266', 'host-reference', 'android-cpu', 'raspberry-pi-5', 'esp32'];
  expect(nearest('esp32').filter((id) => others.includes(id))).toEqual([]);
});

it('names a kind of chip only to those who work with one', () => {
  expect(nearest('esp32')).not.toContain('cortex-m33');
  expect(nearest('cortex-m33')).toContain('cortex-m55');
});
