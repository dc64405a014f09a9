/* From sums to int8, where no sum reaches 2^30 and every shift is negative. */
#include <stdint.h>
#include "../portable/channel.h"
#include "../portable/clamp.h"
#include "instructions.h"

/* The doubling high multiply and the shift of high-multiply.h and divide-by-power-of-two.h; see wherry_small_scale. */
static inline int32_t wherry_requantize_small(uint32_t sum, int32_t multiplier, int32_t offset, int32_t shift) {
  const int32_t x = wherry_add_high_word((int32_t)sum, multiplier);
  return wherry_saturate_s8((x + (x >> 31) + offset) >> shift);
}

static inline int32_t wherry_requantize_channel(uint32_t sum, const wherry_small_scale *scale) {
  return wherry_requantize_small(sum, scale->multiplier, scale->offset, scale->shift);
}

/* Where an activation leaves less than int8 has. */
static inline void wherry_clamp_run_s8(int8_t *from, const int8_t *end, int32_t low, int32_t high) {
  for (; from != end; ++from) *from = (int8_t)wherry_clamp(*from, low, high);
}
