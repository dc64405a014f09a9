#include <stdint.h>

/* floor((a * b + 2^30) / 2^31), for a and b that are not both -2^31. */
static inline int32_t wherry_high_multiply(int32_t a, int32_t b) {
  return (int32_t)(((int64_t)a * b + 1073741824) >> 31);
}
