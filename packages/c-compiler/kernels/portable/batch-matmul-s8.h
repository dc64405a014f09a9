/* BATCH_MATMUL on int8: matrices by their steps, so that either may stand transposed. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"
#include "nest.h"

typedef struct {
  int32_t rows, columns, depth;
  /* Elements from one row, and one column, of each matrix to the next. */
  int32_t first_down, first_across, second_down, second_across;
  int32_t first_zero_point, second_zero_point;
  int32_t multiplier, shift, zero_point;
} wherry_batch_matmul;

/* The nest has a place for each pair of matrices; its last dimension counts 1. */
static inline void wherry_batch_matmul_s8(const int8_t *first, const int8_t *second, int8_t *output,
                                          const wherry_nest *nest, const wherry_batch_matmul *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t m = 0; m < s->rows; ++m) {
      for (int32_t n = 0; n < s->columns; ++n) {
        const int8_t *x = first + a + m * s->first_down, *y = second + b + n * s->second_across;
        uint32_t sum = 0;
        int32_t scaled;
        for (int32_t k = 0; k < s->depth; ++k, x += s->first_across, y += s->second_down)
          sum += (uint32_t)((*x - s->first_zero_point) * (*y - s->second_zero_point));
        scaled = wherry_scale((int32_t)sum, s->multiplier, s->shift);
        *output++ = (int8_t)(wherry_clamp(scaled, -128 - s->zero_point, 127 - s->zero_point) + s->zero_point);
      }
    }
  }
}
