/* MUL on int16. */
#include <stdint.h>
#include "clamp.h"
#include "multiplication.h"
#include "scale.h"
#include "nest.h"

static inline void wherry_multiply_s16(const int16_t *first, const int16_t *second, int16_t *output,
                                       const wherry_nest *nest, const wherry_multiplication *s) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const uint32_t x = (uint32_t)(first[a + i * nest->first[4]] - s->first_zero_point);
      const uint32_t y = (uint32_t)(second[b + i * nest->second[4]] - s->second_zero_point);
      const int32_t product = wherry_scale((int32_t)(x * y), s->multiplier, s->shift);
      *output++ = (int16_t)(wherry_clamp(product, s->low, s->high) + s->zero_point);
    }
  }
}
