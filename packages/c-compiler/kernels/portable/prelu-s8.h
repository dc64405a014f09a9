/* PRELU on int8: one scale for values of 0 or more, another for those that are multiplied by a slope. */
#include <stdint.h>
#include "clamp.h"
#include "scale.h"
#include "nest.h"

typedef struct {
  int32_t input_zero_point, slope_zero_point, zero_point;
  int32_t multiplier, shift;
  int32_t slope_multiplier, slope_shift;
} wherry_prelu;

static inline void wherry_prelu_s8(const int8_t *input, const int8_t *slopes, int8_t *output, const wherry_nest *nest,
                                   const wherry_prelu *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int32_t x = input[a + i * nest->first[4]] - s->input_zero_point;
      const int32_t slope = slopes[b + i * nest->second[4]] - s->slope_zero_point;
      const int32_t scaled = x >= 0 ? wherry_scale(x, s->multiplier, s->shift)
                                    : wherry_scale(x * slope, s->slope_multiplier, s->slope_shift);
      *output++ = (int8_t)(wherry_clamp(scaled, -128 - s->zero_point, 127 - s->zero_point) + s->zero_point);
    }
  }
}
