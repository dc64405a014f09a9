/* The agent on Arm's MPS2 boards with a CMSDK UART and timer (AN385, AN386, AN500), as they are emulated. */
#define CMSDK_UART 0x40004000u
#include "../bare-metal/cmsdk-uart.h"
#include "../bare-metal/cortex-m.h"
#include "../bare-metal/turns.h"

#define TIMER_CONTROL REGISTER(0x40000000u)
#define TIMER_VALUE REGISTER(0x40000004u)
#define TIMER_RELOAD REGISTER(0x40000008u)

const char *const wherry_board_chip = "Cortex-M on MPS2";
const uint32_t wherry_board_clock_hz = 25000000u;

/* It counts down. */
uint64_t wherry_board_ticks(void) { return with_turns(0xffffffffu - TIMER_VALUE); }

static void begin(void) {
  TIMER_RELOAD = 0xffffffffu;
  TIMER_VALUE = 0xffffffffu;
  TIMER_CONTROL = 1;
  begin_uart();
}
