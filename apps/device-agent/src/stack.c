/* A painted stack. */
#include "stack.h"

static const uint32_t paint = 0x5ac3a55au;

void wherry_stack_paint(uint32_t *lowest) {
  uint32_t here = 0;
  volatile uint32_t *word = lowest;
  /* What this function itself has on the stack is not far from there. */
  const uintptr_t end = (uintptr_t)&here - 256u;
  while ((uintptr_t)word < end) *word++ = paint;
}

uint32_t wherry_stack_used(const uint32_t *lowest, const uint32_t *top) {
  const uint32_t *word = lowest;
  while ((uintptr_t)word < (uintptr_t)top && *word == paint) ++word;
  return (uint32_t)((uintptr_t)top - (uintptr_t)word);
}
