/* The agent on the RISC-V machine `virt` of QEMU: its clock counts executed instructions. */
#include "../bare-metal/bare-metal.h"

/* A 16550 UART, and the device that ends or restarts the emulation. */
#define UART_DATA (*(volatile uint8_t *)0x10000000)
#define UART_STATE (*(volatile uint8_t *)0x10000005)
#define MACHINE REGISTER(0x100000u)

const char *const wherry_board_chip = "RV32 on virt";
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

/* It is ready as it starts. */
static void begin(void) {}

/* Until all has left: what is written before is lost on a busy host. */
static void wait_for_line(void) {
  while ((UART_STATE & 0x40u) == 0) {
  }
}

static void write_byte(uint8_t byte) {
  wait_for_line();
  UART_DATA = byte;
}

static bool read_byte(uint8_t *to) {
  if ((UART_STATE & 1u) == 0) return false;
  *to = UART_DATA;
  return true;
}

static void restart(void) {
  wait_for_line();
  MACHINE = 0x7777u;
  for (;;) {
  }
}
