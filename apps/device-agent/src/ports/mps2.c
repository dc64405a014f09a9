/* The agent on Arm's MPS2 boards with a CMSDK UART and timer (AN385, AN386, AN500, AN505), as they are emulated. */
#ifndef CMSDK_UART
#define CMSDK_UART 0x40004000u
#endif
#ifndef CMSDK_TIMER
#define CMSDK_TIMER 0x40000000u
#endif
#include "../bare-metal/cmsdk-uart.h"
#include "../bare-metal/cortex-m.h"
#include "../bare-metal/turns.h"

#define TIMER_CONTROL REGISTER(CMSDK_TIMER)
#define TIMER_VALUE REGISTER(CMSDK_TIMER + 4u)
#define TIMER_RELOAD REGISTER(CMSDK_TIMER + 8u)

const char *const wherry_board_chip = "Cortex-M on MPS2";

/* It counts down. */
static uint64_t counted(void) { return with_turns(0xffffffffu - TIMER_VALUE); }

#ifdef WHERRY_COUNTS_INSTRUCTIONS
/* TIMER_TICKS / TIMER_INSTRUCTIONS, more than one, is what it ticks for each that the emulator executes: rounded up, that is every one. */
const uint32_t wherry_board_clock_hz = 0;
uint64_t wherry_board_ticks(void) { return (counted() * TIMER_INSTRUCTIONS + TIMER_TICKS - 1) / TIMER_TICKS; }
#else
const uint32_t wherry_board_clock_hz = 25000000u;
uint64_t wherry_board_ticks(void) { return counted(); }
#endif

static void begin(void) {
  TIMER_RELOAD = 0xffffffffu;
  TIMER_VALUE = 0xffffffffu;
  TIMER_CONTROL = 1;
  begin_uart();
}
