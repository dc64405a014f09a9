/* The agent on an RP2040 without its SDK: the crystal of 12 MHz as the clock of all, UART0 on pins 0 and 1 at 115200 baud. */
#include "../bare-metal/bare-metal.h"

#define RESETS REGISTER(0x4000c000u)
#define RESETS_DONE REGISTER(0x4000c008u)
#define REFERENCE_CLOCK REGISTER(0x40008030u)
#define REFERENCE_CLOCK_SELECTED REGISTER(0x40008038u)
#define PERIPHERAL_CLOCK REGISTER(0x40008048u)
#define CRYSTAL_CONTROL REGISTER(0x40024000u)
#define CRYSTAL_STATE REGISTER(0x40024004u)
#define CRYSTAL_STARTUP REGISTER(0x4002400cu)
#define PIN_FUNCTION(pin) REGISTER(0x40014004u + 8u * (pin))
#define UART_DATA REGISTER(0x40034000u)
#define UART_STATE REGISTER(0x40034018u)
#define UART_DIVIDER REGISTER(0x40034024u)
#define UART_FRACTION REGISTER(0x40034028u)
#define UART_FORMAT REGISTER(0x4003402cu)
#define UART_CONTROL REGISTER(0x40034030u)
#define TIMER_HIGH REGISTER(0x40054024u)
#define TIMER_LOW REGISTER(0x40054028u)
#define WATCHDOG_RESETS REGISTER(0x40010008u)
#define WATCHDOG_CONTROL REGISTER(0x40058000u)
#define WATCHDOG_TICK REGISTER(0x4005802cu)

const char *const wherry_board_chip = "RP2040";
/* What the queue of the UART holds. */
const uint16_t wherry_board_window = 32;

#ifdef WHERRY_COUNTS_INSTRUCTIONS
/* The emulator answers this breakpoint with the executed instructions. */
const uint32_t wherry_board_clock_hz = 0;
uint64_t wherry_board_ticks(void) {
  register uint32_t low __asm__("r0") = 0;
  register uint32_t high __asm__("r1") = 0;
  __asm__ volatile("bkpt 1" : "+r"(low), "+r"(high) : : "memory");
  return (uint64_t)high << 32 | low;
}

/* The emulator ends it with the next byte. */
static void wait_for_byte(void) { __asm__ volatile("wfi" ::: "memory"); }
#else
const uint32_t wherry_board_clock_hz = 1000000u;
uint64_t wherry_board_ticks(void) {
  uint32_t high;
  uint32_t low;
  do {
    high = TIMER_HIGH;
    low = TIMER_LOW;
  } while (high != TIMER_HIGH);
  return (uint64_t)high << 32 | low;
}

static void wait_for_byte(void) {}
#endif

static void begin(void) {
  /* Pins, pads, timer and UART0. */
  const uint32_t used = 1u << 5 | 1u << 8 | 1u << 21 | 1u << 22;
  CRYSTAL_CONTROL = 0xaa0u;
  CRYSTAL_STARTUP = 47;
  CRYSTAL_CONTROL = 0xfabaa0u;
  while ((CRYSTAL_STATE & 1u << 31) == 0) {
  }
  REFERENCE_CLOCK = 2;
  while ((REFERENCE_CLOCK_SELECTED & 1u << 2) == 0) {
  }
  PERIPHERAL_CLOCK = 1u << 11;
  RESETS &= ~used;
  while ((RESETS_DONE & used) != used) {
  }
  WATCHDOG_TICK = 1u << 9 | 12u;
  PIN_FUNCTION(0) = 2;
  PIN_FUNCTION(1) = 2;
  /* 12 MHz / (16 * 115200), in whole and in 64ths. */
  UART_DIVIDER = 6;
  UART_FRACTION = 33;
  /* Eight bits, with queues. */
  UART_FORMAT = 3u << 5 | 1u << 4;
  UART_CONTROL = 1u << 9 | 1u << 8 | 1u;
}

static void write_byte(uint8_t byte) {
  while ((UART_STATE & 1u << 5) != 0) {
  }
  UART_DATA = byte;
}

static bool read_byte(uint8_t *to) {
  if ((UART_STATE & 1u << 4) != 0) return false;
  *to = (uint8_t)UART_DATA;
  return true;
}

/* Once all has left. */
static void restart(void) {
  while ((UART_STATE & 1u << 3) != 0) {
  }
  /* All but the oscillators. */
  WATCHDOG_RESETS = 0x1fffcu;
  WATCHDOG_CONTROL = 1u << 31;
  for (;;) {
  }
}
