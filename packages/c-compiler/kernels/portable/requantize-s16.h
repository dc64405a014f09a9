/* From sums of int16 values times int8 weights to the output's int16, one scale for each channel. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"
#include "scale-wide.h"

typedef struct {
  /* Least and greatest value of the output, whose zero point is 0. */
  int32_t low, high;
  /* 1: sums have 32 bits and wrap, and multipliers have 31 bits instead of 15. */
  int32_t narrow;
} wherry_requantization_s16;

/* `sum` is taken modulo 2^64, as the reference lets it wrap. */
static inline int16_t wherry_requantize_s16(uint64_t sum, int32_t multiplier, int32_t shift,
                                            const wherry_requantization_s16 *to) {
  const int32_t scaled = to->narrow ? wherry_scale((int32_t)(uint32_t)sum, multiplier, shift)
                                    : wherry_scale_wide(sum, multiplier, shift);
  return (int16_t)wherry_clamp(scaled, to->low, to->high);
}
