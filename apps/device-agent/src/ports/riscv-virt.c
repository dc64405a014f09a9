/* The agent on the RISC-V machine `virt` of QEMU: its clock counts executed instructions. */
#include "../agent.h"
#include "../backends/compiled.h"
#include "../board.h"
#include "../stack.h"

/* A 16550 UART, and the device that ends or restarts the emulation. */
#define UART_DATA (*(volatile uint8_t *)0x10000000)
#define UART_STATE (*(volatile uint8_t *)0x10000005)
#define MACHINE (*(volatile uint32_t *)0x100000)

/* Of the linker: the stack grows down from the one to the other. */
extern uint32_t stack_top, zero_end;

static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) {
    /* Until all has left: what is written before is lost on a busy host. */
    while ((UART_STATE & 0x40u) == 0) {
    }
    UART_DATA = *from++;
  }
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  while (length < most && (UART_STATE & 1u) != 0) to[length++] = UART_DATA;
  return length;
}

static void restart(void) {
  while ((UART_STATE & 0x40u) == 0) {
  }
  MACHINE = 0x7777u;
  for (;;) {
  }
}

const char *const wherry_board_chip = "RV32 on virt";
const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart};
/* Its queue holds 16 bytes; the emulator keeps the rest. */
const uint16_t wherry_board_window = 4096;
const uint32_t wherry_board_clock_hz = 0;

uint64_t wherry_board_ticks(void) {
  uint32_t low;
  uint32_t high;
  uint32_t again;
  do {
    __asm__ volatile("csrr %0, minstreth" : "=r"(high));
    __asm__ volatile("csrr %0, minstret" : "=r"(low));
    __asm__ volatile("csrr %0, minstreth" : "=r"(again));
  } while (high != again);
  return (uint64_t)high << 32 | low;
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
  write_bytes((const uint8_t *)greeting, sizeof greeting - 1u);
  wherry_agent_begin(&agent, &wherry_compiled_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
