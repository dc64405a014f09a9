/* Start of a 32-bit RISC-V on the machine virt: a 16550 to print, a device that ends the emulation, minstret to count. */
#include "board.h"
#include <stddef.h>

extern uint32_t data_from, data_start, data_end, zero_start, zero_end;
int main(void);
void begin(void);

__attribute__((section(".vectors"), naked, used)) void start(void) {
  __asm__ volatile("la sp, stack_top\nj begin");
}

/* The 16550's line status: all that was written has left. What is written before is lost on a busy host. */
static void wait_for_line(void) {
  while ((*(volatile uint8_t *)0x10000005 & 0x40) == 0) {
  }
}

void board_print(const char *text) {
  while (*text) {
    wait_for_line();
    *(volatile uint8_t *)0x10000000 = (uint8_t)*text++;
  }
}

void board_exit(void) {
  wait_for_line();
  *(volatile uint32_t *)0x100000 = 0x5555;
}

void board_start_count(void) {}

uint32_t board_count(void) {
  uint32_t count;
  __asm__ volatile("csrr %0, minstret" : "=r"(count));
  return count;
}

/* There is no library. */
void *memcpy(void *to, const void *from, size_t count) {
  uint8_t *t = (uint8_t *)to;
  const uint8_t *f = (const uint8_t *)from;
  while (count-- > 0) *t++ = *f++;
  return to;
}

void *memset(void *to, int value, size_t count) {
  uint8_t *t = (uint8_t *)to;
  while (count-- > 0) *t++ = (uint8_t)value;
  return to;
}

void *memmove(void *to, const void *from, size_t count) {
  uint8_t *t = (uint8_t *)to;
  const uint8_t *f = (const uint8_t *)from;
  if (t <= f) return memcpy(to, from, count);
  while (count-- > 0) t[count] = f[count];
  return to;
}

size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length] != 0) ++length;
  return length;
}

void begin(void) {
  uint32_t *from = &data_from, *to;
  for (to = &data_start; to < &data_end;) *to++ = *from++;
  for (to = &zero_start; to < &zero_end;) *to++ = 0;
  main();
  board_exit();
  for (;;) {
  }
}
