/* The integer scaling of TensorFlow Lite Micro: a doubling high multiply and a shift, each rounded. */
#include <stdint.h>
#include "divide-by-power-of-two.h"
#include "high-multiply.h"

/* x * multiplier * 2^(shift - 31), for multiplier >= 0 and -31 <= shift <= 31. What is shifted up wraps. */
static inline int32_t wherry_scale(int32_t x, int32_t multiplier, int32_t shift) {
  if (shift > 0) return wherry_high_multiply((int32_t)((uint32_t)x << shift), multiplier);
  x = wherry_high_multiply(x, multiplier);
  return shift == 0 ? x : wherry_divide_by_power_of_two(x, -shift);
}
