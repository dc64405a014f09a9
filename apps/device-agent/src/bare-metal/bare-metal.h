/*
 * The agent on a board without an operating system, whose linker script says where the stack lies (stack_top, zero_end).
 * A port includes this once, and defines what is declared here.
 */
#ifndef WHERRY_BARE_METAL_H
#define WHERRY_BARE_METAL_H

#include "../agent.h"
#include "../board.h"
#include "../stack.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

/* Lets line and clock run. */
static void begin(void);
/* Waits until there is room for it. */
static void write_byte(uint8_t byte);
/* Whether there was one. */
static bool read_byte(uint8_t *to);
/* Sleeps until a byte may be there; may come back before. */
static void wait_for_byte(void);
static void restart(void);

/* Of the linker: the stack grows down from the one to the other. */
extern uint32_t stack_top, zero_end;

static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) write_byte(*from++);
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length;
  if (!read_byte(to)) {
    wait_for_byte();
    if (!read_byte(to)) return 0;
  }
  for (length = 1; length < most && read_byte(to + length);) ++length;
  return length;
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, NULL};

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
  begin();
  write_bytes((const uint8_t *)greeting, sizeof greeting - 1u);
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}

#endif
