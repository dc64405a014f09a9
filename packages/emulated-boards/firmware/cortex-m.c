/*
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
  __asm__ volatile("dsb\nisb");
#endif
  for (to = &data_start; to < &data_end;) *to++ = *from++;
  for (to = &zero_start; to < &zero_end;) *to++ = 0;
  main();
  board_exit();
  for (;;) {
  }
}
