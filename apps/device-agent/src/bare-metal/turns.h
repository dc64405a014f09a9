/* A counter of 32 bits as one of 64. */
#ifndef WHERRY_TURNS_H
#define WHERRY_TURNS_H

#include <stdint.h>

/* `counted`: what it says now; at least once in each of its turns. */
static inline uint64_t with_turns(uint32_t counted) {
  static uint32_t last;
  static uint64_t turns;
  if (counted < last) turns += (uint64_t)1 << 32;
  last = counted;
  return turns + counted;
}

#endif
