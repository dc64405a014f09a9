/* From 32-bit sums to the output's int8, one scale for each channel. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"

typedef struct {
  int32_t zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low;
  int32_t high;
  /* 1: the shift of every channel is negative. */
  int32_t shifts_down;
} wherry_requantization;

/* `sum` is taken modulo 2^32, as the reference lets it wrap. */
static inline int8_t wherry_requantize(uint32_t sum, int32_t multiplier, int32_t shift, const wherry_requantization *to) {
  const int32_t scaled =
      to->shifts_down ? wherry_divide_by_power_of_two(wherry_high_multiply((int32_t)sum, multiplier), -shift)
                      : wherry_scale((int32_t)sum, multiplier, shift);
  return (int8_t)(wherry_clamp(scaled, to->low, to->high) + to->zero_point);
}
