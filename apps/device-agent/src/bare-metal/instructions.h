/*
 * Executed instructions by a clock that the emulator moves on by TIMER_TICKS / TIMER_INSTRUCTIONS, more than one, for each.
 * Asleep it moves on by any part of that: only what has passed since the last sleep is a whole number of them, of which a
 * difference of two readings, less than one tick wrong, is nearer than to any other.
 */
#ifndef WHERRY_INSTRUCTIONS_H
#define WHERRY_INSTRUCTIONS_H

#include <stdint.h>

/* What the clock says. */
static uint64_t counted(void);

static uint64_t instructions_before, ticks_before;

static uint64_t instructions(void) {
  const uint64_t ticks = counted() - ticks_before;
  return instructions_before + (ticks * TIMER_INSTRUCTIONS + TIMER_TICKS / 2u) / TIMER_TICKS;
}

/* After every sleep. */
static void has_slept(void) {
  instructions_before = instructions();
  ticks_before = counted();
}

#endif
