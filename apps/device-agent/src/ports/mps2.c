/* The agent on Arm's MPS2 boards with a CMSDK UART and timer (AN385, AN386), as they are emulated. */
#include "../agent.h"
#include "../backends/compiled.h"
#include "../board.h"
#include "../stack.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define TIMER_CONTROL REGISTER(0x40000000u)
#define TIMER_VALUE REGISTER(0x40000004u)
#define TIMER_RELOAD REGISTER(0x40000008u)
#define UART_DATA REGISTER(0x40004000u)
#define UART_STATE REGISTER(0x40004004u)
#define UART_CONTROL REGISTER(0x40004008u)
#define UART_DIVIDER REGISTER(0x40004010u)
#define RESET_CONTROL REGISTER(0xe000ed0cu)

/* Of the linker: the stack grows down from the one to the other. */
extern uint32_t stack_top, zero_end;


static void write_byte(uint8_t byte) {
  while ((UART_STATE & 1u) != 0) {
  }
  UART_DATA = byte;
}

static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) write_byte(*from++);
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  /* The timer is looked at often enough for every turn of it to be seen. */
  (void)wherry_board_ticks();
  while (length < most && (UART_STATE & 2u) != 0) to[length++] = (uint8_t)UART_DATA;
  return length;
}

static void restart(void) {
  RESET_CONTROL = 0x05fa0004u;
  for (;;) {
  }
}

const char *const wherry_board_chip = "Cortex-M on MPS2";
const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart};
/* Its register holds one byte; the emulator keeps the rest. */
const uint16_t wherry_board_window = 4096;
const uint32_t wherry_board_clock_hz = 25000000u;

uint64_t wherry_board_ticks(void) {
  static uint32_t last;
  static uint64_t turns;
  const uint32_t counted = 0xffffffffu - TIMER_VALUE;
  if (counted < last) turns += (uint64_t)1 << 32;
  last = counted;
  return turns + counted;
}

void wherry_board_memory(struct wherry_memory_record *record) {
  record->stack_bytes = (uint32_t)((uintptr_t)&stack_top - (uintptr_t)&zero_end);
  record->stack_used = wherry_stack_used(&zero_end, &stack_top);
  record->heap_bytes = 0;
  record->heap_used = 0;
}

int main(void) {
  static struct wherry_agent agent;
  static const char greeting[] = "wherry agent\r\n";
  wherry_stack_paint(&zero_end);
  TIMER_RELOAD = 0xffffffffu;
  TIMER_VALUE = 0xffffffffu;
  TIMER_CONTROL = 1;
  UART_DIVIDER = 16;
  UART_CONTROL = 3;
  write_bytes((const uint8_t *)greeting, sizeof greeting - 1u);
  wherry_agent_begin(&agent, &wherry_compiled_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
