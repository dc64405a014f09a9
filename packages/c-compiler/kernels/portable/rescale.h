/* From integers of one scale to integers of another: a kernel for each pair of types. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"

typedef struct {
  int32_t input_zero_point;
  int32_t multiplier, shift, zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low, high;
} wherry_rescaling;

static inline int32_t wherry_rescaled(int32_t value, const wherry_rescaling *s) {
  /* Values of 32 bits less a zero point wrap, as the reference lets them. */
  const int32_t steps = (int32_t)((uint32_t)value - (uint32_t)s->input_zero_point);
  return wherry_clamp(wherry_scale(steps, s->multiplier, s->shift), s->low, s->high) + s->zero_point;
}

#define WHERRY_DEFINE_RESCALE(name, from, to)                                                                       \
  static inline void name(const from *input, to *output, int32_t count, const wherry_rescaling *s) {                \
    for (int32_t i = 0; i < count; ++i) output[i] = (to)wherry_rescaled(input[i], s);                               \
  }
