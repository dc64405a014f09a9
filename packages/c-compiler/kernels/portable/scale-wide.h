/* The integer scaling of accumulators of 64 bits: a multiplier of 15 bits, and one rounding, halves up. */
#include <stdint.h>

/* x * multiplier * 2^(shift - 15) of a signed x, for -31 <= shift <= 14; what does not fit 64 and 32 bits wraps. */
static inline int32_t wherry_scale_wide(uint64_t x, int32_t multiplier, int32_t shift) {
  const uint64_t half = (uint64_t)1 << (14 - shift);
  return (int32_t)((int64_t)(x * (uint64_t)multiplier + half) >> (15 - shift));
}
