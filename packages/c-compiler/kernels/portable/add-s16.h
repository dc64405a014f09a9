/* ADD and SUB on int16: both operands are brought to twice the greater scale, 15 bits up, and the sum is scaled down. */
#include <stdint.h>
#include "addition.h"
#include "clamp.h"
#include "scale.h"
#include "nest.h"

static inline void wherry_add_s16(const int16_t *first, const int16_t *second, int16_t *output,
                                  const wherry_nest *nest, const wherry_addition *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int32_t x = (first[a + i * nest->first[4]] - s->first_zero_point) * 32768;
      const int32_t y = (second[b + i * nest->second[4]] - s->second_zero_point) * 32768;
      const uint32_t left = (uint32_t)wherry_scale(x, s->first_multiplier, s->first_shift);
      const uint32_t right = (uint32_t)wherry_scale(y, s->second_multiplier, s->second_shift);
      /* The sum wraps, as the reference lets it. */
      const int32_t sum = (int32_t)(s->subtracts ? left - right : left + right);
      const int32_t scaled = wherry_scale(sum, s->multiplier, s->shift);
      *output++ = (int16_t)(wherry_clamp(scaled, s->low, s->high) + s->zero_point);
    }
  }
}
