// The agent's ports to other people's kits, compiled against stand-ins of their public headers: what is called is there, in these types.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { boards } from '@wherry/emulated-boards';
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
    variants: [[], ['-DCONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED=1']],
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

/** Bytes come over the one line, then over the other; what is written to each is printed. */
const twoLines = `
#include "agent/ports/esp-idf.c"
#include <stdio.h>
static int uart_has, usb_has;
int uart_read_bytes(uart_port_t port, void *to, uint32_t length, TickType_t ticks) { (void)port; (void)to; (void)length; (void)ticks; return uart_has; }
int usb_serial_jtag_read_bytes(void *to, uint32_t length, TickType_t ticks) { (void)to; (void)length; (void)ticks; return usb_has; }
int uart_write_bytes(uart_port_t port, const void *from, size_t length) { (void)port; (void)from; printf("uart "); return (int)length; }
int usb_serial_jtag_write_bytes(const void *from, size_t length, TickType_t ticks) { (void)from; (void)ticks; printf("usb "); return (int)length; }
esp_err_t uart_driver_install(uart_port_t port, int rx, int tx, int size, QueueHandle_t *queue, int flags) { (void)port; (void)rx; (void)tx; (void)size; (void)queue; (void)flags; return 0; }
esp_err_t usb_serial_jtag_driver_install(usb_serial_jtag_driver_config_t *config) { (void)config; return 0; }
void vTaskDelay(TickType_t ticks) { (void)ticks; printf("waits "); }
void esp_restart(void) { for (;;) {} }
int64_t esp_timer_get_time(void) { return 0; }
size_t heap_caps_get_total_size(uint32_t caps) { return caps; }
size_t heap_caps_get_free_size(uint32_t caps) { return caps; }
UBaseType_t uxTaskGetStackHighWaterMark(TaskHandle_t task) { (void)task; return 0; }
const struct wherry_backend wherry_linked_backend;
void wherry_agent_begin(struct wherry_agent *agent, const struct wherry_backend *backend, const struct wherry_port *port) { (void)agent; (void)backend; (void)port; }
void wherry_agent_poll(struct wherry_agent *agent) { (void)agent; }
static void ask(int uart, int usb) {
  uint8_t bytes[4] = {0};
  uart_has = uart;
  usb_has = usb;
  (void)wherry_board_port.read(bytes, sizeof bytes);
  wherry_board_port.write(bytes, sizeof bytes);
}
int main(void) {
  ask(4, 0);
  ask(0, 4);
  ask(0, 0);
  ask(4, 0);
  return 0;
}
`;

/** Two inferences of two operators, each of 5 ticks; a rest takes 1000. Then one of the text dialect. */
const resting = `
#include "agent/agent.h"
#include <stdio.h>
static uint64_t now;
static unsigned rests;
static uint32_t profile[2];
static uint64_t ticks(void) { return now; }
static void rest(void) {
  ++rests;
  now += 1000;
}
int main(void) {
  static struct wherry_agent agent;
  static const struct wherry_backend backend = {.profile = profile, .ticks = ticks};
  static const struct wherry_port port = {.rest = rest};
  unsigned done;
  agent.backend = &backend;
  agent.line.port = &port;
  agent.run.number = 1;
  agent.run.timed = true;
  for (done = 0; done < 4; ++done) {
    now += 5;
    wherry_agent_after_operator(&agent, done % 2);
  }
  agent.run.number = 0;
  for (done = 0; done < 2; ++done) wherry_agent_after_operator(&agent, done);
  printf("%u rests, %u ticks, %u of the first", rests, (unsigned)agent.run.ticks, (unsigned)profile[0]);
  return 0;
}
`;

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

  it.each([
    ['with a USB port of its own', ['-DCONFIG_SOC_USB_SERIAL_JTAG_SUPPORTED=1'], 'uart usb waits usb uart '],
    ['without one', [], 'uart waits uart waits uart uart '],
  ])('a chip of Espressif %s answers where it was asked', (_, flags, answers) => {
    const { headers, standIn } = kits[0]!;
    folder.write(
      new Map([
        ...Object.entries(agentSources).map(([path, source]) => [`agent/${path}`, source] as const),
        [`stand-ins/${standIn}`, readFileSync(join(import.meta.dirname, 'stand-ins', standIn), 'utf8')] as const,
        ...headers.map((path) => [path, `#include "stand-ins/${standIn}"\n`] as const),
        ['lines.c', twoLines] as const,
      ]),
    );
    const program = folder.link([folder.compile('lines.c', 'c11', flags)], 'lines');
    expect(folder.run(program).toString()).toBe(answers);
  });

  it('leaves no port out: each is compiled here or is that of an emulated board', () => {
    const ports = Object.keys(agentSources).flatMap((path) => /^ports\/(.*)\.c(?:pp)?$/.exec(path)?.[1] ?? []);
    const ofBoards = boards.flatMap(({ agent }) => (agent === null ? [] : [agent.port]));
    const known = [...kits.map(({ port }) => port.split('.')[0]!), ...ofBoards, 'posix'];
    expect([...new Set(known)].sort()).toEqual(ports.sort());
  });

  it('lets the board rest after each operator, in no time that is measured', () => {
    const sources = Object.entries(agentSources);
    folder.write(new Map([...sources.map(([path, text]) => [`agent/${path}`, text] as const), ['resting.c', resting]]));
    const own = sources.map(([path]) => path).filter((path) => /^[^/]+\.c$/.test(path));
    const objects = ['resting.c', ...own.map((path) => `agent/${path}`)].map((path) => folder.compile(path, 'c11'));
    expect(folder.run(folder.link(objects, 'resting')).toString()).toBe('6 rests, 20 ticks, 10 of the first');
  }, 60_000);
});
