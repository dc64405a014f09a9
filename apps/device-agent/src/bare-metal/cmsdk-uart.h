/* The UART of Arm's CMSDK, at the address CMSDK_UART. */
#ifndef WHERRY_CMSDK_UART_H
#define WHERRY_CMSDK_UART_H

#include "bare-metal.h"

#define UART_DATA REGISTER(CMSDK_UART)
#define UART_STATE REGISTER(CMSDK_UART + 4u)
#define UART_CONTROL REGISTER(CMSDK_UART + 8u)
#define UART_DIVIDER REGISTER(CMSDK_UART + 16u)

/* Its register holds one byte; the emulator keeps the rest. */
const uint16_t wherry_board_window = 4096;

static void begin_uart(void) {
  UART_DIVIDER = 16;
  UART_CONTROL = 3;
}

static void write_byte(uint8_t byte) {
  while ((UART_STATE & 1u) != 0) {
  }
  UART_DATA = byte;
}

static bool read_byte(uint8_t *to) {
  if ((UART_STATE & 2u) == 0) return false;
  *to = (uint8_t)UART_DATA;
  return true;
}

#endif
