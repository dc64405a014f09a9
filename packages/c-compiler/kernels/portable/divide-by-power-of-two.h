#include <stdint.h>

/* x / 2^exponent, rounded half away from zero, for 1 <= exponent <= 31 and x > -2^31. */
static inline int32_t wherry_divide_by_power_of_two(int32_t x, int32_t exponent) {
  const int32_t y = x + (x >> 31);
  return ((y >> (exponent - 1)) + 1) >> 1;
}
