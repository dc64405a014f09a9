/* BATCH_MATMUL on float32. */
#include <stdint.h>
#include "batch-matmul.h"
#include "nest.h"

/* The nest has a place for each pair of matrices; its last dimension counts 1. */
static inline void wherry_batch_matmul_f32(const float *first, const float *second, float *output,
                                           const wherry_nest *nest, const wherry_matrices *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t m = 0; m < s->rows; ++m) {
      for (int32_t n = 0; n < s->columns; ++n) {
        const float *x = first + a + m * s->first_down, *y = second + b + n * s->second_across;
        float sum = 0.0f;
        for (int32_t k = 0; k < s->depth; ++k) sum += x[k * s->first_across] * y[k * s->second_down];
        *output++ = sum;
      }
    }
  }
}
