/* SVDF on float32. */
#include <stdint.h>
#include "activate-f32.h"

typedef struct {
  int32_t batches, units, rank, depth, length;
  int32_t activation;
} wherry_svdf_f32_settings;

static inline void wherry_svdf_f32(const float *input, float *output, float *state, const float *feature,
                                   const float *time, const float *bias, const wherry_svdf_f32_settings *s) {
  for (int32_t b = 0; b < s->batches; ++b, input += s->depth) {
    const float *filter = feature, *factors = time;
    for (int32_t u = 0; u < s->units; ++u) {
      float total = bias[u];
      for (int32_t r = 0; r < s->rank; ++r, filter += s->depth, factors += s->length, state += s->length) {
        float sum = 0.0f;
        int32_t t;
        for (int32_t k = 0; k < s->depth; ++k) sum += input[k] * filter[k];
        for (t = 0; t + 1 < s->length; ++t) {
          state[t] = state[t + 1];
          total += state[t] * factors[t];
        }
        state[t] = sum;
        total += sum * factors[t];
      }
      *output++ = wherry_activated(total, s->activation);
    }
  }
}
