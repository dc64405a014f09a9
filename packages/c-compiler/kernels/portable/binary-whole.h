/*
 * Arithmetic of two whole numbers without a scale, which wraps, and is clamped by a fused activation: a kernel for each type, with
 * its value of the unsigned `x` and `y`.
 */
#include <stdint.h>
#include "nest.h"

#define WHERRY_DEFINE_BINARY_WHOLE(name, type, unsigned_type, value)                                                \
  static inline void name(const type *first, const type *second, type *output, const wherry_nest *nest,             \
                          int32_t activation) {                                                                     \
    const type low = activation == 2 ? -1 : 0, high = activation == 2 ? 1 : 6;                                      \
    WHERRY_FOR_EACH_ROW(nest, a, b) {                                                                               \
      for (int32_t i = 0; i < nest->counts[4]; ++i) {                                                               \
        const unsigned_type x = (unsigned_type)first[a + i * nest->first[4]];                                       \
        const unsigned_type y = (unsigned_type)second[b + i * nest->second[4]];                                     \
        type whole = (type)(value);                                                                                 \
        if (activation != 0 && whole < low) whole = low;                                                            \
        if (activation > 1 && whole > high) whole = high;                                                           \
        *output++ = whole;                                                                                          \
      }                                                                                                             \
    }                                                                                                               \
  }
