// A stand-in for an Arduino core: what sketches call of it, on the host; it goes through loop() once.

import { espressifHeap } from './espressif-heap.js';

export const arduinoCore: ReadonlyMap<string, string> = new Map([
  ['esp_heap_caps.h', espressifHeap],
  [
    'Arduino.h',
    `#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
struct StandInSerial {
  void begin(unsigned long) {}
  size_t print(const char *text) { return static_cast<size_t>(printf("%s", text)); }
  size_t print(int value) { return static_cast<size_t>(printf("%d", value)); }
  size_t println(const char *text) { return static_cast<size_t>(printf("%s\\n", text)); }
};
extern StandInSerial Serial;
void delay(unsigned long ms);
void setup();
void loop();
`,
  ],
  [
    'core.cpp',
    `#include <Arduino.h>
StandInSerial Serial;
void delay(unsigned long) {}
int main() {
  setup();
  loop();
  return 0;
}
`,
  ],
]);
