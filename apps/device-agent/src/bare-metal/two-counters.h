/* A counter of 32 bits as one of 64, by another that is slower: no operator takes so long that a turn would be missed. */
#ifndef WHERRY_TWO_COUNTERS_H
#define WHERRY_TWO_COUNTERS_H

#include <stdint.h>

/* `coarse`: the same count as `fine`, known to within less than half a turn. */
static inline uint64_t whole_count(uint32_t fine, uint64_t coarse) {
  const uint64_t turn = (uint64_t)1 << 32;
  const uint64_t count = coarse / turn * turn + fine;
  if (count > coarse && count - coarse > turn / 2u) return count >= turn ? count - turn : count;
  return coarse > count && coarse - count > turn / 2u ? count + turn : count;
}

#endif
