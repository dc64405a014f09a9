/* MAXIMUM and MINIMUM on int8, of operands with the output's scale. */
#include <stdint.h>
#include "nest.h"

static inline void wherry_extremum_s8(const int8_t *first, const int8_t *second, int8_t *output,
                                      const wherry_nest *nest, int32_t takes_greater) {
  WHERRY_FOR_EACH_ROW(nest, a, b) {
    for (int32_t i = 0; i < nest->counts[4]; ++i) {
      const int8_t x = first[a + i * nest->first[4]], y = second[b + i * nest->second[4]];
      *output++ = (x > y) == (takes_greater != 0) ? x : y;
    }
  }
}
