/* MEAN and SUM on int8: for each place that is kept, the sum over all that are reduced to it. */
#include <stdint.h>
#include "reduction.h"
#include "clamp.h"
#include "scale.h"

static inline int32_t wherry_sum_s8(const int8_t *input, const wherry_reduction *s) {
  int32_t i, j, k, l, sum = 0;
  for (i = 0; i < s->reduced[0]; ++i)
    for (j = 0; j < s->reduced[1]; ++j)
      for (k = 0; k < s->reduced[2]; ++k)
        for (l = 0; l < s->reduced[3]; ++l)
          sum += input[i * s->reduced_steps[0] + j * s->reduced_steps[1] + k * s->reduced_steps[2] +
                       l * s->reduced_steps[3]];
  return sum;
}

static inline void wherry_reduce_s8(const int8_t *input, int8_t *output, const wherry_reduction *s) {
  int32_t i, j, k, l;
  for (i = 0; i < s->kept[0]; ++i)
    for (j = 0; j < s->kept[1]; ++j)
      for (k = 0; k < s->kept[2]; ++k)
        for (l = 0; l < s->kept[3]; ++l) {
          const int32_t sum = wherry_sum_s8(input + i * s->kept_steps[0] + j * s->kept_steps[1] +
                                                k * s->kept_steps[2] + l * s->kept_steps[3],
                                            s);
          const int32_t scaled = wherry_scale(sum - s->offset, s->multiplier, s->shift);
          *output++ = (int8_t)(wherry_clamp(scaled, -128 - s->zero_point, 127 - s->zero_point) + s->zero_point);
        }
}
