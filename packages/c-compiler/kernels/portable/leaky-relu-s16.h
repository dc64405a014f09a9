/* LEAKY_RELU on int16: one scale for values of 0 or more, another for those below. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"

typedef struct {
  int32_t input_zero_point, zero_point;
  int32_t multiplier, shift;
  int32_t leak_multiplier, leak_shift;
  /* 1: the factor of values below 0 is negative. */
  int32_t leak_turns;
} wherry_leaky_relu;

static inline void wherry_leaky_relu_s16(const int16_t *input, int16_t *output, int32_t count,
                                         const wherry_leaky_relu *s) {
  const int32_t low = -32768 - s->zero_point, high = 32767 - s->zero_point;
  for (int32_t i = 0; i < count; ++i) {
    const int32_t value = input[i] - s->input_zero_point;
    int32_t scaled;
    if (value >= 0) {
      scaled = wherry_clamp(wherry_scale(value, s->multiplier, s->shift), low, high);
    } else {
      scaled = wherry_scale(value, s->leak_multiplier, s->leak_shift);
      scaled = s->leak_turns ? -wherry_clamp(scaled, -high, -low) : wherry_clamp(scaled, low, high);
    }
    output[i] = (int16_t)(scaled + s->zero_point);
  }
}
