/* MEAN and SUM on float32: for each place that is kept, the sum over all that are reduced to it. */
#include <stdint.h>

typedef struct {
  /* Dimensions that stay, and those that go, with the steps between their elements; those not needed count 1. */
  int32_t kept[4], kept_steps[4];
  int32_t reduced[4], reduced_steps[4];
  /* What sums are divided by. */
  int32_t divisor;
} wherry_reduction_f32;

static inline float wherry_sum_f32(const float *input, const wherry_reduction_f32 *s) {
  float sum = 0.0f;
  int32_t i, j, k, l;
  for (i = 0; i < s->reduced[0]; ++i)
    for (j = 0; j < s->reduced[1]; ++j)
      for (k = 0; k < s->reduced[2]; ++k)
        for (l = 0; l < s->reduced[3]; ++l)
          sum += input[i * s->reduced_steps[0] + j * s->reduced_steps[1] + k * s->reduced_steps[2] +
                       l * s->reduced_steps[3]];
  return sum;
}

static inline void wherry_reduce_f32(const float *input, float *output, const wherry_reduction_f32 *s) {
  int32_t i, j, k, l;
  for (i = 0; i < s->kept[0]; ++i)
    for (j = 0; j < s->kept[1]; ++j)
      for (k = 0; k < s->kept[2]; ++k)
        for (l = 0; l < s->kept[3]; ++l)
          *output++ = wherry_sum_f32(input + i * s->kept_steps[0] + j * s->kept_steps[1] + k * s->kept_steps[2] +
                                         l * s->kept_steps[3],
                                     s) /
                      (float)s->divisor;
}
