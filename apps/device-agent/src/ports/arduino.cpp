/* The agent as an Arduino sketch, over Serial at 115200 baud. */
#include <Arduino.h>

#include "../agent.h"
#include "../bare-metal/turns.h"
#include "../board.h"

#ifdef __AVR__
#include <avr/wdt.h>
#endif

#ifdef ARDUINO_BOARD
#define BOARD_NAME ARDUINO_BOARD
#else
#define BOARD_NAME "Arduino"
#endif

/* The tasks of the network, and the watchdog that waits three seconds for them. */
static void rest(void) {
#if defined(ESP8266) || defined(ESP32)
  yield();
#endif
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  /* Looked at often enough for every turn of its 32 bits to be seen. */
  (void)wherry_board_ticks();
  while (length < most && Serial.available() > 0) to[length++] = static_cast<uint8_t>(Serial.read());
  if (length == 0) rest();
  return length;
}

static void write_bytes(const uint8_t *from, size_t length) { Serial.write(from, length); }

static void restart(void) {
  Serial.flush();
#if defined(ESP8266) || defined(ESP32)
  ESP.restart();
#elif defined(__AVR__)
  wdt_enable(WDTO_15MS);
#else
  NVIC_SystemReset();
#endif
  for (;;) {
  }
}

const char *const wherry_board_chip = BOARD_NAME;
const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, rest};
/* The least that cores keep. */
const uint16_t wherry_board_window = 64;
const uint32_t wherry_board_clock_hz = 1000000u;

uint64_t wherry_board_ticks(void) { return with_turns(static_cast<uint32_t>(micros())); }

/* No function for it is common to all cores. */
void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = 0xffffffffu;
  record->stack_used = 0xffffffffu;
  record->heap_bytes = 0xffffffffu;
  record->heap_used = 0xffffffffu;
}

static struct wherry_agent agent;

void setup() {
  Serial.begin(115200);
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
}

void loop() { wherry_agent_poll(&agent); }
