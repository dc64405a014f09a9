// The files of packages/emulated-boards/firmware, put here by `npm run generate`; not to be edited.
/* eslint max-lines: off */

/** By path. */
export const firmwareFiles: { readonly [path: string]: string } = {
  'board.h': `/* What a program of the emulated boards may ask of the board. */
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
`,
  'board.ld': `/* CODE, CODE_BYTES, RAM, RAM_BYTES and VECTORS come from the command line. */
MEMORY {
  VECTORS (rx) : ORIGIN = VECTORS, LENGTH = 256
  CODE (rx) : ORIGIN = CODE, LENGTH = CODE_BYTES
  RAM (rwx) : ORIGIN = RAM, LENGTH = RAM_BYTES
}
SECTIONS {
  .vectors : { KEEP(*(.vectors)) } > VECTORS
  .text : { *(.text*) *(.rodata*) *(.srodata*) . = ALIGN(4); } > CODE
  .data : ALIGN(4) { data_start = .; *(.data*) *(.sdata*) . = ALIGN(4); data_end = .; } > RAM AT> CODE
  data_from = LOADADDR(.data);
  .bss (NOLOAD) : ALIGN(8) { zero_start = .; *(.bss*) *(.sbss*) *(COMMON) . = ALIGN(4); zero_end = .; } > RAM
  stack_top = ORIGIN(RAM) + LENGTH(RAM);
  /DISCARD/ : { *(.ARM.exidx*) *(.eh_frame*) *(.comment) *(.riscv.attributes) *(.note*) }
}
`,
  'cortex-m.c': `/*
 * Start of a Cortex-M, and its host reached through semihosting. The counter is TIM2 of an STM32, or the emulator's own
 * behind a breakpoint, or SysTick where
 * SYSTICK_TICKS / SYSTICK_INSTRUCTIONS is what it ticks for each instruction, two or more. From 2^24 ticks on, the handler counts
 * itself.
 */
#include "board.h"

extern uint32_t stack_top, data_from, data_start, data_end, zero_start, zero_end;
int main(void);
void reset(void);

#ifdef SYSTICK_TICKS
static volatile uint32_t wraps;

static void systick(void) { ++wraps; }
#else
#define systick 0
#endif

__attribute__((section(".vectors"), used)) void *const vectors[16] = {
    &stack_top, (void *)reset, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (void *)systick};

static int semihosting(int operation, const void *argument) {
  register int r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

void board_print(const char *text) { semihosting(0x04, text); }

void board_exit(void) { semihosting(0x18, (const void *)0x20026); }

#ifdef TIM2
void board_start_count(void) {
  volatile uint32_t *const timer = (volatile uint32_t *)TIM2;
  timer[10] = 0;
  timer[11] = 0xffffffffu;
  timer[5] = 1;
  timer[0] = 1;
}

uint32_t board_count(void) { return ((volatile uint32_t *)TIM2)[9]; }
#elif defined(COUNT_BREAKPOINT)
void board_start_count(void) {}

uint32_t board_count(void) {
  register uint32_t r0 __asm__("r0") = 0;
  __asm__ volatile("bkpt 1" : "+r"(r0)::"memory");
  return r0;
}
#elif defined(SYSTICK_TICKS)
void board_start_count(void) {
  volatile uint32_t *const timer = (volatile uint32_t *)0xe000e010;
  wraps = 0;
  timer[1] = 0xffffff;
  timer[2] = 0;
  timer[0] = 7;
}

uint32_t board_count(void) {
  uint32_t before, ticks;
  do {
    before = wraps;
    /* It interrupts where it reaches 0. */
    ticks = (0u - ((volatile uint32_t *)0xe000e010)[2]) & 0xffffffu;
  } while (before != wraps);
  return (uint32_t)((((uint64_t)before << 24 | ticks) * SYSTICK_INSTRUCTIONS + SYSTICK_TICKS / 2) / SYSTICK_TICKS);
}
#else
void board_start_count(void) {}

uint32_t board_count(void) { return 0; }
#endif

void reset(void) {
  uint32_t *from = &data_from, *to;
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
  /* Coprocessors 10 and 11: without them no instruction on real numbers and none of the vector unit runs. */
  *(volatile uint32_t *)0xe000ed88 |= 0xfu << 20;
  __asm__ volatile("dsb\\nisb");
#endif
  for (to = &data_start; to < &data_end;) *to++ = *from++;
  for (to = &zero_start; to < &zero_end;) *to++ = 0;
  main();
  board_exit();
  for (;;) {
  }
}
`,
  'freestanding/string.h': `/* For a compiler without a library: what riscv32.c defines. */
#ifndef FREESTANDING_STRING_H
#define FREESTANDING_STRING_H
#include <stddef.h>

void *memcpy(void *to, const void *from, size_t count);
void *memmove(void *to, const void *from, size_t count);
size_t strlen(const char *text);
void *memset(void *to, int value, size_t count);
#endif
`,
  'riscv32.c': `/* Start of a 32-bit RISC-V on the machine virt: a 16550 to print, a device that ends the emulation, minstret to count. */
#include "board.h"
#include <stddef.h>

extern uint32_t data_from, data_start, data_end, zero_start, zero_end;
int main(void);
void begin(void);

__attribute__((section(".vectors"), naked, used)) void start(void) {
  __asm__ volatile("la sp, stack_top\\nj begin");
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
`,
};
