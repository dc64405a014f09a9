/* A counter of 32 bits as one of 64, by another that is slower: an operator of any length is counted whole. */
#ifndef WHERRY_TWO_COUNTERS_H
#define WHERRY_TWO_COUNTERS_H

#include <stdint.h>

/* `coarse`: the same count as `fine`, known to within less than half a turn. Always as many instructions: they are counted, too. */
static inline uint64_t whole_count(uint32_t fine, uint64_t coarse) {
  return coarse + (uint64_t)(int64_t)(int32_t)(fine - (uint32_t)coarse);
}

#endif
