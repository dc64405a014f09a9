/* Sums of four channels to int8, where every shift is negative. */
#include <stdint.h>
#include "../portable/requantize.h"
#include "vectors.h"

#ifdef WHERRY_MVE
static inline int32x4_t wherry_vector_of(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  int32x4_t x = vdupq_n_s32((int32_t)a);
  x = vsetq_lane_s32((int32_t)b, x, 1);
  x = vsetq_lane_s32((int32_t)c, x, 2);
  x = vsetq_lane_s32((int32_t)d, x, 3);
  return x;
}

/* The doubling high multiply and the shift of high-multiply.h and divide-by-power-of-two.h, four at once. */
static inline void wherry_requantize_vector(int32x4_t sums, int8_t *output, const int32_t *multipliers,
                                            const int8_t *shifts, const wherry_requantization *to) {
  int32x4_t x = vqrdmulhq_s32(sums, vldrwq_s32(multipliers));
  x = vaddq_s32(x, vshrq_n_s32(x, 31));
  x = vrshlq_s32(x, vldrbq_s32(shifts));
  x = vminq_s32(vmaxq_s32(x, vdupq_n_s32(to->low)), vdupq_n_s32(to->high));
  vstrbq_s32(output, vaddq_n_s32(x, to->zero_point));
}
#endif
