/* The agent on Arm's MPS2 boards with a CMSDK UART and timer (AN385, AN386, AN500, AN505), as they are emulated. */
#ifndef CMSDK_UART
#define CMSDK_UART 0x40004000u
#define CMSDK_UART_INTERRUPT 0u
#endif
#ifndef CMSDK_TIMER
#define CMSDK_TIMER 0x40000000u
#define TIMER_HZ 25000000u
#define MPS2_FPGAIO 0x40028000u
#endif
#include "../bare-metal/cmsdk-uart.h"
#include "../bare-metal/two-counters.h"

#define TIMER_CONTROL REGISTER(CMSDK_TIMER)
#define TIMER_VALUE REGISTER(CMSDK_TIMER + 4u)
#define TIMER_RELOAD REGISTER(CMSDK_TIMER + 8u)
/* Of the board itself: it counts hundredths of a second. */
#define HUNDREDTHS REGISTER(MPS2_FPGAIO + 20u)

const char *const wherry_board_chip = "Cortex-M on MPS2";

static uint64_t counted(void) {
  /* In this order, as the one may move on before the other is read: it is half a turn off by far less. */
  const uint64_t coarse = (uint64_t)HUNDREDTHS * (TIMER_HZ / 100u);
  /* It counts down. */
  return whole_count(0xffffffffu - TIMER_VALUE, coarse);
}

#ifdef WHERRY_COUNTS_INSTRUCTIONS
const uint32_t wherry_board_clock_hz = 0;
uint64_t wherry_board_ticks(void) { return instructions(); }
#else
const uint32_t wherry_board_clock_hz = TIMER_HZ;
uint64_t wherry_board_ticks(void) { return counted(); }
#endif

static void begin(void) {
  TIMER_RELOAD = 0xffffffffu;
  TIMER_VALUE = 0xffffffffu;
  TIMER_CONTROL = 1;
  HUNDREDTHS = 0;
  begin_uart();
}
