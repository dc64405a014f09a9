/* SQUARED_DIFFERENCE of integers: both operands are brought to twice the greater scale, and the square is scaled down. */
#include <stdint.h>
#include "clamp.h"
#include "nest.h"
#include "scale.h"

typedef struct {
  int32_t first_zero_point, first_multiplier, first_shift;
  int32_t second_zero_point, second_multiplier, second_shift;
  int32_t multiplier, shift, zero_point;
  /* Least and greatest value of the output, less its zero point. */
  int32_t low, high;
} wherry_squared_difference;

/* `factor`: a power of two that both operands are moved up by. */
#define WHERRY_DEFINE_SQUARED_DIFFERENCE(name, type, factor)                                                        \
  static inline void name(const type *first, const type *second, type *output, const wherry_nest *nest,             \
                          const wherry_squared_difference *s) {                                                     \
    WHERRY_FOR_EACH_ROW(nest, a, b) {                                                                               \
      for (int32_t i = 0; i < nest->counts[4]; ++i) {                                                               \
        const int32_t x = (first[a + i * nest->first[4]] - s->first_zero_point) * factor;                           \
        const int32_t y = (second[b + i * nest->second[4]] - s->second_zero_point) * factor;                        \
        const int32_t difference = wherry_scale(x, s->first_multiplier, s->first_shift) -                           \
                                   wherry_scale(y, s->second_multiplier, s->second_shift);                          \
        const int32_t scaled = wherry_scale(difference * difference, s->multiplier, s->shift);                      \
        *output++ = (type)(wherry_clamp(scaled, s->low, s->high) + s->zero_point);                                  \
      }                                                                                                             \
    }                                                                                                               \
  }
