#include <stdint.h>

/* A state is kept as its distance from its zero point, modulo 2^8 of an int8: memory of zeros is how it begins. */
static inline int32_t wherry_kept_s8(int8_t kept, int32_t zero_point) {
  return (int8_t)(kept + zero_point) - zero_point;
}
