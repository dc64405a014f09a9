/* What a program of the emulated boards may ask of the board. */
#ifndef BOARD_H
#define BOARD_H
#include <stdint.h>

void board_print(const char *text);
/* Ends the emulation. */
void board_exit(void);
/* Starts the counter of executed instructions, and reads it. */
void board_start_count(void);
uint32_t board_count(void);

static inline void board_print_number(uint32_t value) {
  char digits[12];
  int at = 11;
  digits[at] = 0;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  board_print(digits + at);
}
#endif
