/* Functions of one float32: a kernel for each, with its value of `x`. */
#include <stdint.h>

#define WHERRY_DEFINE_UNARY_F32(name, value)                                                                        \
  static inline void name(const float *input, float *output, int32_t count) {                                       \
    for (int32_t i = 0; i < count; ++i) {                                                                           \
      const float x = input[i];                                                                                     \
      output[i] = value;                                                                                            \
    }                                                                                                               \
  }
