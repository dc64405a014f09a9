/* The agent on the RISC-V machine `virt` of QEMU: its clock counts executed instructions. */
#include "../bare-metal/bare-metal.h"

/* A 16550 UART, and the device that ends or restarts the emulation. */
#define UART_DATA (*(volatile uint8_t *)0x10000000)
#define UART_INTERRUPTS (*(volatile uint8_t *)0x10000001)
#define UART_STATE (*(volatile uint8_t *)0x10000005)
/* The interrupt controller: where the UART is number 10, and the first context is the machine mode of the first hart. */
#define UART_INTERRUPT 10u
#define PLIC_PRIORITY REGISTER(0x0c000000u + 4u * UART_INTERRUPT)
#define PLIC_ENABLED REGISTER(0x0c002000u)
#define PLIC_THRESHOLD REGISTER(0x0c200000u)
#define PLIC_CLAIM REGISTER(0x0c200004u)
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

/* The line is ready as it starts. What comes ends a sleep of the processor, and is never taken as an interrupt (mie.MEIE, mstatus.MIE). */
static void begin(void) {
  PLIC_PRIORITY = 1;
  PLIC_THRESHOLD = 0;
  PLIC_ENABLED = 1u << UART_INTERRUPT;
  UART_INTERRUPTS = 1;
  __asm__ volatile("csrc mstatus, %0" : : "r"(1u << 3));
  __asm__ volatile("csrs mie, %0" : : "r"(1u << 11));
}

static void wait_for_byte(void) {
  __asm__ volatile("wfi" ::: "memory");
  PLIC_CLAIM = PLIC_CLAIM;
}

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
