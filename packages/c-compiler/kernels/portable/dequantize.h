/* DEQUANTIZE to float32: a kernel for integers of one type. */
#include <stdint.h>

#define WHERRY_DEFINE_DEQUANTIZE(name, type)                                                                        \
  static inline void name(const type *input, float *output, int32_t count, float scale, int32_t zero_point) {       \
    for (int32_t i = 0; i < count; ++i) output[i] = scale * (float)(input[i] - zero_point);                         \
  }
