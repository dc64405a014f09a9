/* The agent on Arm's MPS3 board with an SSE-300 (AN547, Cortex-M55), as it is emulated, in secure state. */
#define CMSDK_UART 0x59303000u
#define CMSDK_UART_INTERRUPT 33u
/* The emulator takes 64 ns for an instruction, where it counts them. */
#define TIMER_TICKS 256u
#define TIMER_INSTRUCTIONS 125u
#include "../bare-metal/cmsdk-uart.h"

/* The counter of the system: 64 bits at 32 MHz. */
#define COUNTER_CONTROL REGISTER(0x58100000u)
#define COUNTER_LOW REGISTER(0x58100008u)
#define COUNTER_HIGH REGISTER(0x5810000cu)

const char *const wherry_board_chip = "Cortex-M55 on MPS3";

static uint64_t counted(void) {
  uint32_t high;
  uint32_t low;
  do {
    high = COUNTER_HIGH;
    low = COUNTER_LOW;
  } while (high != COUNTER_HIGH);
  return (uint64_t)high << 32 | low;
}

#ifdef WHERRY_COUNTS_INSTRUCTIONS
const uint32_t wherry_board_clock_hz = 0;
uint64_t wherry_board_ticks(void) { return instructions(); }
#else
const uint32_t wherry_board_clock_hz = 32000000u;
uint64_t wherry_board_ticks(void) { return counted(); }
#endif

static void begin(void) {
  COUNTER_CONTROL = 1;
  begin_uart();
}
