#include <stdint.h>

/* The value, held within low and high. */
static inline int32_t wherry_clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}
