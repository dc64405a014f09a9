/* MAXIMUM and MINIMUM, of operands with the output's scale: a kernel for values of one type. */
#include <stdint.h>
#include "nest.h"

#define WHERRY_DEFINE_EXTREMUM(name, type)                                                                          \
  static inline void name(const type *first, const type *second, type *output, const wherry_nest *nest,             \
                          int32_t takes_greater) {                                                                  \
    WHERRY_FOR_EACH_ROW(nest, a, b) {                                                                               \
      for (int32_t i = 0; i < nest->counts[4]; ++i) {                                                               \
        const type x = first[a + i * nest->first[4]], y = second[b + i * nest->second[4]];                          \
        *output++ = (takes_greater ? x > y : x < y) ? x : y;                                                        \
      }                                                                                                             \
    }                                                                                                               \
  }
