/* MUL on int8. */
#include <stdint.h>
#include "multiplication.h"
#include "clamp.h"
#include "scale.h"
#include "nest.h"

static inline void wherry_multiply_s8(const int8_t *first, const int8_t *second, int8_t *output,
                                      const wherry_nest *nest, const wherry_multiplication *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int32_t x = first[a + i * nest->first[4]] - s->first_zero_point;
      const int32_t y = second[b + i * nest->second[4]] - s->second_zero_point;
      const int32_t product = wherry_scale(x * y, s->multiplier, s->shift);
      *output++ = (int8_t)(wherry_clamp(product, s->low, s->high) + s->zero_point);
    }
  }
}
