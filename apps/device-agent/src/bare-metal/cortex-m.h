/* What every Cortex-M has. */
#ifndef WHERRY_CORTEX_M_H
#define WHERRY_CORTEX_M_H

#include "bare-metal.h"

/* Until all that was written has left. */
static void wait_for_line(void);

/* It ends the sleep of the processor and is never taken. */
static void let_wake(unsigned interrupt) {
  __asm__ volatile("cpsid i");
  REGISTER(0xe000e100u + interrupt / 32u * 4u) = 1u << interrupt % 32u;
}

static void wait_for_interrupt(void) { __asm__ volatile("wfi" ::: "memory"); }

static void clear_pending(unsigned interrupt) { REGISTER(0xe000e280u + interrupt / 32u * 4u) = 1u << interrupt % 32u; }

/* The register AIRCR: the key, and SYSRESETREQ. */
static void restart(void) {
  wait_for_line();
  REGISTER(0xe000ed0cu) = 0x05fa0004u;
  for (;;) {
  }
}

#endif
