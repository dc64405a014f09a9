/* BATCH_MATMUL on int16, whose zero points are 0. */
#include <stdint.h>
#include "batch-matmul.h"
#include "clamp.h"
#include "nest.h"
#include "scale-wide.h"

/* The nest has a place for each pair of matrices; its last dimension counts 1. */
static inline void wherry_batch_matmul_s16(const int16_t *first, const int16_t *second, int16_t *output,
                                           const wherry_nest *nest, const wherry_batch_matmul *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t m = 0; m < s->of.rows; ++m) {
      for (int32_t n = 0; n < s->of.columns; ++n) {
        const int16_t *x = first + a + m * s->of.first_down, *y = second + b + n * s->of.second_across;
        int64_t sum = 0;
        for (int32_t k = 0; k < s->of.depth; ++k)
          sum += (int32_t)x[k * s->of.first_across] * y[k * s->of.second_down];
        *output++ = (int16_t)wherry_clamp(wherry_scale_wide((uint64_t)sum, s->multiplier, s->shift), -32768, 32767);
      }
    }
  }
}
