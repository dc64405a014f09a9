/* SVDF on int8, with time filters and a state of one type. A kernel for each such type. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"

typedef struct {
  int32_t batches, units, rank, depth, length;
  int32_t state_zero_point;
  /* From sums over the input to the state, and from sums over the state to the output. */
  int32_t state_multiplier, state_shift, multiplier, shift;
  int32_t zero_point;
} wherry_svdf;

/* kept(value, zero_point): the distance of a place of the state from its zero point. */
#define WHERRY_DEFINE_SVDF(name, type, least, greatest, kept)                                                       \
  static inline void name(const int8_t *input, int8_t *output, type *state, const int8_t *feature, const type *time, \
                          const int32_t *offsets, const int32_t *bias, const wherry_svdf *s) {                      \
    for (int32_t b = 0; b < s->batches; ++b, input += s->depth) {                                                   \
      const int8_t *filter = feature;                                                                               \
      const type *factors = time;                                                                                   \
      const int32_t *offset = offsets;                                                                              \
      for (int32_t u = 0; u < s->units; ++u) {                                                                      \
        uint32_t total = (uint32_t)bias[u];                                                                         \
        for (int32_t r = 0; r < s->rank; ++r, filter += s->depth, factors += s->length, state += s->length) {       \
          uint32_t sum = (uint32_t)*offset++;                                                                       \
          int32_t t;                                                                                                \
          for (int32_t k = 0; k < s->depth; ++k) sum += (uint32_t)((int32_t)input[k] * filter[k]);                  \
          for (t = 0; t + 1 < s->length; ++t) {                                                                     \
            state[t] = state[t + 1];                                                                                \
            total += (uint32_t)(kept(state[t], s->state_zero_point) * factors[t]);                                  \
          }                                                                                                         \
          state[t] = (type)wherry_clamp(wherry_scale((int32_t)sum, s->state_multiplier, s->state_shift), least,     \
                                        greatest);                                                                  \
          total += (uint32_t)(kept(state[t], s->state_zero_point) * factors[t]);                                    \
        }                                                                                                           \
        *output++ = (int8_t)(wherry_clamp(wherry_scale((int32_t)total, s->multiplier, s->shift),                    \
                                          -128 - s->zero_point, 127 - s->zero_point) +                              \
                             s->zero_point);                                                                        \
      }                                                                                                             \
    }                                                                                                               \
  }
