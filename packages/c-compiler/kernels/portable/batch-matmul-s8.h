/* BATCH_MATMUL on int8: matrices by their steps, so that either may stand transposed. */
#include <stdint.h>
#include "batch-matmul.h"
#include "clamp.h"
#include "scale.h"
#include "nest.h"

/* The nest has a place for each pair of matrices; its last dimension counts 1. */
static inline void wherry_batch_matmul_s8(const int8_t *first, const int8_t *second, int8_t *output,
                                          const wherry_nest *nest, const wherry_batch_matmul *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t m = 0; m < s->of.rows; ++m) {
      for (int32_t n = 0; n < s->of.columns; ++n) {
        const int8_t *x = first + a + m * s->of.first_down, *y = second + b + n * s->of.second_across;
        uint32_t sum = 0;
        int32_t scaled;
        for (int32_t k = 0; k < s->of.depth; ++k, x += s->of.first_across, y += s->of.second_down)
          sum += (uint32_t)((*x - s->first_zero_point) * (*y - s->second_zero_point));
        scaled = wherry_scale((int32_t)sum, s->multiplier, s->shift);
        *output++ = (int8_t)(wherry_clamp(scaled, -128 - s->zero_point, 127 - s->zero_point) + s->zero_point);
      }
    }
  }
}
