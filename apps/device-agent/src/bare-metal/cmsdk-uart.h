/* The UART of Arm's CMSDK, at the address CMSDK_UART; what it receives comes as the interrupt CMSDK_UART_INTERRUPT. */
#ifndef WHERRY_CMSDK_UART_H
#define WHERRY_CMSDK_UART_H

#include "bare-metal.h"
#include "cortex-m.h"
#ifdef WHERRY_COUNTS_INSTRUCTIONS
#include "instructions.h"
#endif

#define UART_DATA REGISTER(CMSDK_UART)
#define UART_STATE REGISTER(CMSDK_UART + 4u)
#define UART_CONTROL REGISTER(CMSDK_UART + 8u)
#define UART_INTERRUPTS REGISTER(CMSDK_UART + 12u)
#define UART_DIVIDER REGISTER(CMSDK_UART + 16u)
/* Bits of the registers of control, and of interrupts. */
#define UART_SENDS 1u
#define UART_RECEIVES 2u
#define UART_RECEIVED_INTERRUPTS 8u
#define UART_RECEIVED 2u

/* Its register holds one byte; the emulator keeps the rest. */
const uint16_t wherry_board_window = 4096;

static void begin_uart(void) {
  UART_DIVIDER = 16;
  UART_CONTROL = UART_SENDS | UART_RECEIVES | UART_RECEIVED_INTERRUPTS;
  let_wake(CMSDK_UART_INTERRUPT);
}

static void wait_for_line(void) {
  while ((UART_STATE & 1u) != 0) {
  }
}

static void write_byte(uint8_t byte) {
  wait_for_line();
  UART_DATA = byte;
}

static bool read_byte(uint8_t *to) {
  if ((UART_STATE & 2u) == 0) return false;
  *to = (uint8_t)UART_DATA;
  return true;
}

static void wait_for_byte(void) {
  wait_for_interrupt();
  UART_INTERRUPTS = UART_RECEIVED;
  clear_pending(CMSDK_UART_INTERRUPT);
#ifdef WHERRY_COUNTS_INSTRUCTIONS
  has_slept();
#endif
}

#endif
