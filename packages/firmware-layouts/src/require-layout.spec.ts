// Layouts are refused where they build for no such device, with one that does.
import { requireLayout, type LayoutTarget } from './require-layout.js';

const target = (chip: string, isFirmware = true): LayoutTarget => ({ profileId: 'board', chip, isFirmware });

it('takes a layout that builds for the device', () => {
  for (const chip of ['ESP32 (two cores)', 'RP2040 (two cores)', 'STM32F407VG'])
    expect(() => requireLayout('cmake', target(chip))).not.toThrow();
  expect(() => requireLayout('pico-sdk', target('RP2350 (two cores)'))).not.toThrow();
});

it('refuses the kit of another maker', () => {
  expect(() => requireLayout('pico-sdk', target('ESP32 (two cores)'))).toThrow(
    /LAYOUT_WHERE: pico-sdk does not build for board \(ESP32.*\n.*at {4}--layout pico-sdk\n.*take --layout .*cmake/,
  );
});

it('refuses a target that runs files', () => {
  expect(() => requireLayout('cmake', target('a phone', false))).toThrow(
    /LAYOUT_WHERE: board runs files.*\n.*\n.*leave --layout away/,
  );
});
