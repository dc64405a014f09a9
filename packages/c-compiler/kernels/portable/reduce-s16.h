/* MEAN and SUM on int16: for each place that is kept, the sum over all that are reduced to it, modulo 2^32. */
#include <stdint.h>
#include "clamp.h"
#include "reduction.h"
#include "scale.h"

static inline uint32_t wherry_sum_s16(const int16_t *input, const wherry_reduction *s) {
  uint32_t sum = 0;
  int32_t i, j, k, l;
  for (i = 0; i < s->reduced[0]; ++i)
    for (j = 0; j < s->reduced[1]; ++j)
      for (k = 0; k < s->reduced[2]; ++k)
        for (l = 0; l < s->reduced[3]; ++l) {
          const int32_t value = input[i * s->reduced_steps[0] + j * s->reduced_steps[1] + k * s->reduced_steps[2] +
                                      l * s->reduced_steps[3]];
          sum += (uint32_t)value;
        }
  return sum;
}

static inline void wherry_reduce_s16(const int16_t *input, int16_t *output, const wherry_reduction *s) {
  int32_t i, j, k, l;
  for (i = 0; i < s->kept[0]; ++i)
    for (j = 0; j < s->kept[1]; ++j)
      for (k = 0; k < s->kept[2]; ++k)
        for (l = 0; l < s->kept[3]; ++l) {
          const uint32_t sum = wherry_sum_s16(input + i * s->kept_steps[0] + j * s->kept_steps[1] +
                                                  k * s->kept_steps[2] + l * s->kept_steps[3],
                                              s);
          const int32_t scaled = wherry_scale((int32_t)(sum - (uint32_t)s->offset), s->multiplier, s->shift);
          *output++ = (int16_t)(wherry_clamp(scaled, -32768 - s->zero_point, 32767 - s->zero_point) + s->zero_point);
        }
}
