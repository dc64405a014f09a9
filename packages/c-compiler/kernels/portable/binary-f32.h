/* Functions of two float32 that are broadcast to each other: a kernel for each, with its value of `x` and `y`. */
#include <stdint.h>
#include "activate-f32.h"
#include "nest.h"

#define WHERRY_DEFINE_BINARY_F32(name, value)                                                                       \
  static inline void name(const float *first, const float *second, float *output, const wherry_nest *nest,          \
                          int32_t activation) {                                                                     \
    WHERRY_FOR_EACH_ROW(nest, a, b) {                                                                               \
      for (int32_t i = 0; i < nest->counts[4]; ++i) {                                                               \
        const float x = first[a + i * nest->first[4]], y = second[b + i * nest->second[4]];                         \
        *output++ = wherry_activated(value, activation);                                                            \
      }                                                                                                             \
    }                                                                                                               \
  }
