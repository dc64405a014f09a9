/* What the agent calls of Arduino cores, with their names and types. */
#ifndef STAND_IN_ARDUINO_H
#define STAND_IN_ARDUINO_H
#include <stddef.h>
#include <stdint.h>

struct StandInSerial {
  void begin(unsigned long baud);
  int available();
  int read();
  size_t write(const uint8_t *from, size_t length);
  void flush();
};
extern StandInSerial Serial;

struct StandInEsp {
  void restart();
};
extern StandInEsp ESP;

unsigned long micros();
void yield();
void NVIC_SystemReset();
#define WDTO_15MS 0
void wdt_enable(uint8_t timeout);

/* The sketch's own. */
void setup();
void loop();
#endif
