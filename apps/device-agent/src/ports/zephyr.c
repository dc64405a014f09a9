/* The agent as a Zephyr application, over the console's UART, asked byte by byte. */
#include <zephyr/device.h>
#include <zephyr/drivers/uart.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/reboot.h>

#include "../agent.h"
#include "../bare-metal/turns.h"
#include "../board.h"

static const struct device *const line = DEVICE_DT_GET(DT_CHOSEN(zephyr_console));

const char *const wherry_board_chip = CONFIG_SOC;
/* What the register holds. */
const uint16_t wherry_board_window = 1;
const uint32_t wherry_board_clock_hz = CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;

uint64_t wherry_board_ticks(void) {
#ifdef CONFIG_TIMER_HAS_64BIT_CYCLE_COUNTER
  return k_cycle_get_64();
#else
  return with_turns(k_cycle_get_32());
#endif
}

static size_t read_bytes(uint8_t *to, size_t most) {
  size_t length = 0;
  /* Looked at often enough for every turn of 32 bits to be seen. */
  (void)wherry_board_ticks();
  while (length < most && uart_poll_in(line, to + length) == 0) ++length;
  return length;
}

static void write_bytes(const uint8_t *from, size_t length) {
  for (; length > 0; --length) uart_poll_out(line, *from++);
}

static void restart(void) {
  k_msleep(50);
  sys_reboot(SYS_REBOOT_COLD);
}

const struct wherry_port wherry_board_port = {read_bytes, write_bytes, restart, NULL};

void wherry_board_memory(struct wherry_memory_record *record) {
  size_t unused;
  record->stack_bytes = CONFIG_MAIN_STACK_SIZE;
  record->stack_used = 0xffffffffu;
  if (k_thread_stack_space_get(k_current_get(), &unused) == 0) record->stack_used = CONFIG_MAIN_STACK_SIZE - (uint32_t)unused;
  record->heap_bytes = 0xffffffffu;
  record->heap_used = 0xffffffffu;
}

int main(void) {
  static struct wherry_agent agent;
  if (!device_is_ready(line)) return 0;
  wherry_agent_begin(&agent, &wherry_linked_backend, &wherry_board_port);
  for (;;) wherry_agent_poll(&agent);
}
