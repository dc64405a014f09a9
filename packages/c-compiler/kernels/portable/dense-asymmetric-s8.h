/* FULLY_CONNECTED on int8 with weights that have a zero point. Input [vectors, depth], weights [units, depth]. */
#include <stdint.h>
#include "requantize.h"

typedef struct {
  int32_t vectors, units, depth;
  int32_t input_zero_point, weight_zero_point;
  wherry_requantization to;
} wherry_dense_asymmetric;

static inline void wherry_dense_asymmetric_s8(const int8_t *input, int8_t *output, const int8_t *weights,
                                              const int32_t *bias, const int32_t *multipliers, const int8_t *shifts,
                                              const wherry_dense_asymmetric *s) {
  int32_t v, o, k;
  for (v = 0; v < s->vectors; ++v, input += s->depth, output += s->units)
    for (o = 0; o < s->units; ++o) {
      const int8_t *const row = weights + o * s->depth;
      uint32_t sum = (uint32_t)bias[o];
      for (k = 0; k < s->depth; ++k)
        sum += (uint32_t)((input[k] - s->input_zero_point) * (row[k] - s->weight_zero_point));
      output[o] = wherry_requantize(sum, multipliers[o], shifts[o], &s->to);
    }
}
