/* From the sums of two channels to int8, where no sum reaches 2^30 and every shift is negative. */
#include <stdint.h>
#include "../portable/clamp.h"
#include "instructions.h"

/* What two channels that are computed together differ in. Shifts count down. */
typedef struct {
  int32_t bias[2], multipliers[2], shifts[2];
} wherry_channel_pair;

/* `sum` is of channel `which`. As in high-multiply.h and divide-by-power-of-two.h, with twice the sum to begin with. */
static inline int32_t wherry_requantize_small(uint32_t sum, const wherry_channel_pair *channels, int32_t which,
                                              int32_t zero_point) {
  const int32_t shift = channels->shifts[which];
  int32_t x = wherry_high_word((int32_t)(2 * sum), channels->multipliers[which]);
  x += x >> 31;
  return wherry_saturate_s8(((x + (int32_t)(1u << (shift - 1))) >> shift) + zero_point);
}

/* Where an activation leaves less than int8 has. */
static inline void wherry_clamp_run_s8(int8_t *from, const int8_t *end, int32_t low, int32_t high) {
  for (; from != end; ++from) *from = (int8_t)wherry_clamp(*from, low, high);
}
