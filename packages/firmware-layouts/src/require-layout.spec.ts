// Layouts are refused where they build for no such device, with those that do.
import type { LayoutName } from './layout-names.js';
import { requireArena, requireLayout, type LayoutTarget } from './require-layout.js';

const target = (chip: string, changes: Partial<LayoutTarget> = {}): LayoutTarget => ({
  ...{ profileId: 'board', chip, isFirmware: true, isCompiled: false, isAssembled: false },
  ...changes,
});
const compiled = { isCompiled: true };

it.each<[LayoutName, LayoutTarget]>([
  ['cmake', target('anything')],
  ['esp-idf', target('ESP32-C3 (one core)')],
  ['pico-sdk', target('RP2350 (two cores)')],
  ['zephyr', target('any microcontroller with an Arm Cortex-M33')],
  ['arduino', target('nRF52840 (Arm)')],
  ['arduino', target('STM32F407VG', compiled)],
  ['arduino', target('ESP32', { ...compiled, isAssembled: true })],
  ['platformio', target('RP2040 (two cores)')],
  ['platformio', target('ATmega328P (8-bit AVR)', compiled)],
])('takes %s for %o', (layout, of) => {
  expect(() => requireLayout(layout, of)).not.toThrow();
});

it.each<[LayoutName, LayoutTarget, RegExp]>([
  ['platformio', target('ESP32-C6 (one core)', compiled), /no board of PlatformIO is known for board \(ESP32-C6/],
  [
    'pico-sdk',
    target('ESP32 (two cores)'),
    /does not build for board \(ESP32 .*\n.*\n.*esp-idf or arduino or platformio/,
  ],
  [
    'esp-idf',
    target('ESP8266EX (one core)'),
    /ESP-IDF does not build for board \(ESP8266EX .*\n.*\n.*--layout cmake$/m,
  ],
  [
    'zephyr',
    target('ATmega328P', compiled),
    /Zephyr does not build for board.*\n.*\n.*arduino or platformio or cmake$/m,
  ],
  [
    'arduino',
    target('STM32F407VG'),
    /no Arduino library of TensorFlow.*\n.*\n.*zephyr or cmake, or --runtime compiled-c/,
  ],
  ['arduino', target('ESP32', { isAssembled: true }), /the assembler is to copy the model/],
  ['platformio', target('nRF5340, application core'), /no board of PlatformIO.*\n.*\n.*zephyr or cmake$/m],
  ['cmake', target('a phone', { isFirmware: false }), /board runs files.*\n.*\n.*leave --layout away/],
])('refuses %s for %o', (layout, of, says) => {
  const asked = (): void => requireLayout(layout, of);
  expect(asked).toThrow('LAYOUT_WHERE');
  expect(asked).toThrow(says);
  expect(asked).toThrow(`at    --layout ${layout}`);
});

it('does not advise what would be refused: no C is made of an array that the assembler copies', () => {
  const asked = (): void => requireLayout('arduino', target('ESP32', { isAssembled: true }));
  expect(asked).toThrow(
    /take --layout esp-idf or platformio or zephyr or cmake, or --array-format string with this one$/m,
  );
});

it('refuses an arena from a heap that a kit does not have', () => {
  const allocation = 'heap_caps_aligned_alloc(16, BYTES, MALLOC_CAP_SPIRAM)';
  expect(() => requireArena('zephyr', allocation)).toThrow(/LAYOUT_WHERE: the arena is too large.*SPIRAM/);
  expect(() => requireArena('zephyr', undefined)).not.toThrow();
  expect(() => requireArena('esp-idf', allocation)).not.toThrow();
});
