// The kit of every layout.
import type { LayoutName } from '@wherry/firmware-layouts';
import { arduinoKit } from './arduino-kit.js';
import { cmakeKit } from './cmake-kit.js';
import { idfKit } from './idf-kit.js';
import type { Kit } from './kit.js';
import { picoKit } from './pico-kit.js';
import { platformioKit } from './platformio-kit.js';
import { zephyrKit } from './zephyr-kit.js';

export const kits: { readonly [K in LayoutName]: Kit } = {
  'esp-idf': idfKit,
  arduino: arduinoKit,
  platformio: platformioKit,
  zephyr: zephyrKit,
  'pico-sdk': picoKit,
  cmake: cmakeKit,
};
