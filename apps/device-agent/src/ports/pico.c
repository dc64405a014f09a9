/* The agent on an RP2040 or RP2350 with the Pico SDK, over USB (stdio_usb) or whichever stdio the project takes. */
#include <malloc.h>

#include "hardware/watchdog.h"
#include "pico/stdlib.h"

#include "../agent.h"
#include "../board.h"
#include "../stack.h"

/* Of the SDK's linker script. */
extern uint32_t __StackBottom, __StackTop;
extern char __end__, __HeapLimit;

#if defined(PICO_RP2350) && PICO_RP2350
const char *const wherry_board_chip = "RP2350";
#else
const char *const wherry_board_chip = "RP2040";
#endif
/* What the SDK's endpoint takes before its host has to wait. */
const uint16_t wherry_board_window = 256;
const uint32_t wherry_board_clock_hz = 1000000u;

uint64_t wherry_board_ticks(void) { return time_us_64(); }

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  while (length < most) {
    const int byte = getchar_timeout_us(0);
    if (byte < 0) break;
    to[length++] = (uint8_t)byte;
  }
  return length;
}

/* Raw: a line feed stays what it is. */
static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) (void)putchar_raw(*from++);
}

static void restart(void) {
  stdio_flush();
  watchdog_reboot(0, 0, 50);
  for (;;) tight_loop_contents();
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, NULL};

void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = (uint32_t)((uintptr_t)&__StackTop - (uintptr_t)&__StackBottom);
  record->stack_used = wherry_stack_used(&__StackBottom, &__StackTop);
  record->heap_bytes = (uint32_t)((uintptr_t)&__HeapLimit - (uintptr_t)&__end__);
  record->heap_used = (uint32_t)mallinfo().uordblks;
}

int main(void) {
  static struct wherry_agent agent;
  wherry_stack_paint(&__StackBottom);
  stdio_init_all();
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
