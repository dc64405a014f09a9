// The agent's ports to other people's kits, compiled against stand-ins of their public headers: what is called is there, in these types.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentSources } from '../../packages/agent-exporter/src/agent-sources.js';
import { buildFolder, describeCompiled, type BuildFolder } from '../testing/src/index.js';

interface Kit {
  readonly port: string;
  readonly standIn: string;
  readonly headers: readonly string[];
  /** What decides which part of the file is compiled. */
  readonly variants: readonly (readonly string[])[];
}

const kits: readonly Kit[] = [
  {
    port: 'esp-idf.c',
    standIn: 'esp-idf.h',
    headers: [
      'driver/uart.h',
      'driver/usb_serial_jtag.h',
      'esp_heap_caps.h',
      'esp_system.h',
      'esp_timer.h',
      'freertos/FreeRTOS.h',
      'freertos/task.h',
      'sdkconfig.h',
    ],
    variants: [[], ['-DCONFIG_ESP_CONSOLE_USB_SERIAL_JTAG=1']],
  },
  {
    port: 'arduino.cpp',
    standIn: 'arduino.h',
    headers: ['Arduino.h', 'avr/wdt.h'],
    variants: [[], ['-DESP32'], ['-DESP8266', '-DARDUINO_BOARD="nodemcu"'], ['-D__AVR__']],
  },
  {
    port: 'zephyr.c',
    standIn: 'zephyr.h',
    headers: ['device.h', 'drivers/uart.h', 'kernel.h', 'sys/reboot.h'].map((path) => `zephyr/${path}`),
    variants: [[], ['-DCONFIG_TIMER_HAS_64BIT_CYCLE_COUNTER=1']],
  },
  {
    port: 'pico.c',
    standIn: 'pico.h',
    headers: ['hardware/watchdog.h', 'malloc.h', 'pico/stdlib.h'],
    variants: [[], ['-DPICO_RP2350=1']],
  },
];

describeCompiled("the agent's ports to kits", () => {
  let folder: BuildFolder;
  beforeEach(() => (folder = buildFolder()));
  afterEach(() => folder.remove());

  it.each(kits)(
    '$port compiles without a warning',
    ({ port, standIn, headers, variants }) => {
      const text = readFileSync(join(import.meta.dirname, 'stand-ins', standIn), 'utf8');
      folder.write(
        new Map([
          ...Object.entries(agentSources).map(([path, source]) => [`agent/${path}`, source] as const),
          [`stand-ins/${standIn}`, text] as const,
          ...headers.map((path) => [path, `#include "stand-ins/${standIn}"\n`] as const),
        ]),
      );
      const language = port.endsWith('.cpp') ? 'c++17' : 'c11';
      for (const variant of variants)
        expect(() => folder.compile(`agent/ports/${port}`, language, variant)).not.toThrow();
    },
    60_000,
  );
});
