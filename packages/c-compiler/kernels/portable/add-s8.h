/* ADD and SUB on int8: both operands are brought to twice the greater scale, 20 bits up, and the sum is scaled down. */
#include <stdint.h>
#include "addition.h"
#include "clamp.h"
#include "scale.h"
#include "nest.h"

static inline void wherry_add_s8(const int8_t *first, const int8_t *second, int8_t *output, const wherry_nest *nest,
                                 const wherry_addition *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int32_t x = (first[a + i * nest->first[4]] - s->first_zero_point) * 1048576;
      const int32_t y = (second[b + i * nest->second[4]] - s->second_zero_point) * 1048576;
      const int32_t left = wherry_scale(x, s->first_multiplier, s->first_shift);
      const int32_t right = wherry_scale(y, s->second_multiplier, s->second_shift);
      const int32_t sum = wherry_scale(s->subtracts ? left - right : left + right, s->multiplier, s->shift);
      *output++ = (int8_t)(wherry_clamp(sum, s->low, s->high) + s->zero_point);
    }
  }
}
